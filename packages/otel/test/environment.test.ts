import { describe, expect, it } from '@jest/globals';
import { textOf, wholeNumberOf } from '../src/environment.ts';

describe('textOf', () => {
  it.each([
    ['text', 'text'],
    ['  text ', 'text'],
    ['', undefined],
    ['   ', undefined],
    [undefined, undefined],
  ])('of %j is %j', (value, text) => {
    expect(textOf({ X: value }, 'X')).toBe(text);
  });
});

describe('wholeNumberOf', () => {
  it.each([
    ['0', 0],
    ['5000', 5_000],
    [' 5 ', 5],
    ['9999999999', 9_999_999_999],
    ['99999999999', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    ['1e9', undefined],
    ['0x10', undefined],
    ['١٢', undefined],
    ['abc', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('of %j is %j', (value, number) => {
    const warnings: string[] = [];
    expect(wholeNumberOf({ X: value }, 'X', (message) => warnings.push(message))).toBe(number);
    const wrong = number === undefined && (value ?? '').trim() !== '';
    expect(warnings).toEqual(
      wrong ? [`X is "${value?.trim()}"; allowed: a whole number from 0 to 9999999999. It is left out.`] : [],
    );
  });
});
