import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { reviewSubject } from '../src/subject.ts';
import { reviewText } from '../src/text/review-text.ts';
import { aWeek } from './a-week.ts';

const text = reviewText(aWeek(), { service: 'shop' });

describe('a review as text', () => {
  it('reads like this', () => {
    expect(text).toBe(readFileSync(join(import.meta.dirname, 'a-week.txt'), 'utf8'));
  });

  it('has no line of more than 72 columns', () => {
    expect(text.split('\n').filter((line) => line.length > 72)).toEqual([]);
  });

  it('says whose it is, of when, and how much of it was measured', () => {
    expect(text).toMatch(/^Review of shop: week 5 of 2026\nMon 26 Jan to Sun 1 Feb, UTC\n\nMeasured for/);
  });

  it('has a line for a subject', () => {
    expect(reviewSubject(aWeek(), { service: 'shop' })).toMatch(
      /^shop, week 5 of 2026: [\d,]+ requests \(\+\d\.\d%\), \d\.\d% errors, p95 \d+ ms, 1 slower, 1 failing more$/,
    );
  });
});
