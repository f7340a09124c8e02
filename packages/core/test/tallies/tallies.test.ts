import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ByteReader } from '../../src/byte-reader.ts';
import { ByteWriter } from '../../src/byte-writer.ts';
import { Tallies } from '../../src/tallies.ts';
import { readTallies, writeTallies } from '../../src/tallies-codec.ts';
import { anySplit, splitAndMerge } from '../any-split.ts';
import { anyName } from '../anything.ts';

interface Item {
  readonly key: [string, string];
  readonly counts: [number, number];
}

const anyItem: fc.Arbitrary<Item> = fc.record({
  key: fc.tuple(anyName, anyName),
  counts: fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(1e12)),
});
const anyItems = fc.array(anyItem, { maxLength: 60 });

const add = (tallies: Tallies, { key, counts }: Item): void => tallies.add(key, counts);
const factsOf = (tallies: Tallies): unknown => [tallies.list(), tallies.overflow];

function talliesOf(items: readonly Item[], limit = 1000): Tallies {
  const tallies = new Tallies(limit, 2);
  for (const item of items) add(tallies, item);
  return tallies;
}

function sumsOf(tallies: Tallies): number[] {
  return tallies
    .list()
    .reduce((sums, { counts }) => sums.map((sum, place) => sum + counts[place]!), [...tallies.overflow]);
}

describe('tallies', () => {
  it('are the same however what they count was split and merged', () => {
    fc.assert(
      fc.property(anyItems, anySplit, (items, split) => {
        const merged = splitAndMerge(items, split, () => new Tallies(1000, 2), add);
        expect(factsOf(merged)).toEqual(factsOf(talliesOf(items)));
      }),
    );
  });

  it('past their limit have exact sums, never more entries, and keep the greatest when merged', () => {
    fc.assert(
      fc.property(anyItems, anyItems, fc.integer({ min: 1, max: 5 }), (items, others, limit) => {
        const tallies = talliesOf(items, limit);
        const whole = talliesOf([...items, ...others], 1000);
        const exact = talliesOf(items);
        const before = exact.size <= limit;
        tallies.merge(talliesOf(others));
        expect(tallies.size).toBeLessThanOrEqual(limit);
        expect(sumsOf(tallies)).toEqual(sumsOf(whole));
        if (before) expect(tallies.list()).toEqual(whole.list().slice(0, limit));
      }),
    );
  });

  it('merged with themselves are twice as much', () => {
    const tallies = talliesOf([{ key: ['a', 'b'], counts: [2, 3] }]);
    tallies.merge(tallies);
    expect(tallies.list()).toEqual([{ key: ['a', 'b'], counts: [4, 6] }]);
  });

  it('are read as they were written', () => {
    fc.assert(
      fc.property(anyItems, fc.integer({ min: 1, max: 20 }), (items, limit) => {
        const tallies = talliesOf(items, limit);
        const writer = new ByteWriter();
        writeTallies(writer, tallies);
        const reader = new ByteReader(writer.finish());
        const read = new Tallies(limit, 2);
        readTallies(reader, read, 2);
        reader.finish();
        expect(factsOf(read)).toEqual(factsOf(tallies));
      }),
    );
  });
});
