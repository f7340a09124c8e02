import { describe, expect, it } from '@jest/globals';
import { NotMeasured } from '../src/not-measured.ts';

describe('requests that are not measured', () => {
  it('are counted by kind', () => {
    const counts = notMeasuredOf([
      ['admin-api', 1],
      ['excluded /healthz', 2],
      ['admin-api', 40],
    ]);
    expect(counts.entries()).toEqual([
      ['admin-api', 41],
      ['excluded /healthz', 2],
    ]);
    expect([counts.get('admin-api'), counts.get('unknown')]).toEqual([41, 0]);
  });

  it('may be of a kind named like anything that objects inherit', () => {
    const counts = notMeasuredOf([
      ['__proto__', 1],
      ['constructor', 2],
      ['', 3],
    ]);
    expect(counts.entries()).toEqual([
      ['', 3],
      ['__proto__', 1],
      ['constructor', 2],
    ]);
  });

  it('are of 64 kinds at most, and otherwise counted as other', () => {
    const counts = notMeasuredOf(Array.from({ length: 100_000 }, (_, i) => [`kind ${i}`, 1]));
    counts.count('kind 0', 5);
    expect(counts.entries()).toHaveLength(65);
    expect([counts.get('kind 0'), counts.get('other')]).toEqual([6, 99_936]);
  });

  it('are known by what is kept of their kind', () => {
    const kinds = ['a\ud800', ...Array.from({ length: 63 }, (_, i) => `kind ${i}`), 'a\ud801'];
    const counts = notMeasuredOf(kinds.map((kind) => [kind, 1]));
    expect([counts.get('a\ufffd'), counts.get('other')]).toEqual([2, 0]);
  });

  it('add up when merged, also with themselves and past the cap', () => {
    const counts = notMeasuredOf([
      ['a', 1],
      ['b', 2],
    ]);
    counts.merge(
      notMeasuredOf([
        ['b', 3],
        ['c', 4],
      ]),
    );
    counts.merge(counts);
    expect(counts.entries()).toEqual([
      ['a', 2],
      ['b', 10],
      ['c', 8],
    ]);
    counts.merge(notMeasuredOf(Array.from({ length: 64 }, (_, i) => [`kind ${i}`, 1])));
    expect(counts.entries().reduce((sum, [, n]) => sum + n, 0)).toBe(84);
    expect(counts.get('other')).toBe(3);
  });
});

function notMeasuredOf(counted: readonly (readonly [kind: string, n: number])[]): NotMeasured {
  const counts = new NotMeasured();
  for (const [kind, n] of counted) counts.count(kind, n);
  return counts;
}
