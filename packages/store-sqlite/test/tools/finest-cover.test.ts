import { describe, expect, it } from '@jest/globals';
import type { Sources } from '@tacho/core';
import fc from 'fast-check';
import { finestCover } from '../../src/tools/finest-cover.ts';

interface Row {
  readonly name: string;
  readonly level: number;
  readonly sources: Sources;
}

function row(name: string, level: number, ...ranges: [first: number, last: number][]): Row {
  return { name, level, sources: ranges.map(([first, last]) => ({ writer: 'w', first, last })) };
}

const MINUTES = [row('m1', 1, [0, 5]), row('m2', 1, [6, 11]), row('m3', 1, [12, 17])];
const HOUR = row('h', 2, [0, 17]);
const DAY = row('d', 3, [0, 17]);

function namesOf(rows: readonly Row[]): string {
  return finestCover(rows)
    .map(({ name }) => name)
    .join(' ');
}

describe('the finest cover', () => {
  it('is the minutes and slices where they are all there', () => {
    expect(namesOf([...MINUTES, row('s', 0, [18, 18]), HOUR, DAY])).toBe('m1 m2 m3 s');
  });

  it('is the hour where one of its minutes is gone', () => {
    expect(namesOf([...MINUTES.slice(1), row('later', 1, [18, 20]), HOUR, DAY])).toBe('later h');
  });

  it('is the day where one of its hours is gone, and a minute of that', () => {
    expect(namesOf([...MINUTES.slice(1), DAY, row('late hour', 2, [20, 30])])).toBe('d late hour');
  });

  it('keeps what is in no coarser row', () => {
    expect(namesOf([row('s', 0, [3, 3])])).toBe('s');
    expect(namesOf([])).toBe('');
  });

  it('tells the writers apart', () => {
    const other = { ...row('other', 1), sources: [{ writer: 'x', first: 0, last: 5 }] };
    expect(namesOf([other, row('h', 2, [0, 5])])).toBe('other h');
  });

  it('holds every source once, whatever is gone', () => {
    const anyTree = fc.array(fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }), { maxLength: 6 });
    fc.assert(
      fc.property(anyTree, fc.boolean(), (hours, isDayLast) => {
        let next = 0;
        const fine = hours.flatMap((minutes, hour) => {
          const first = next;
          const rows = minutes.map((_, minute) => {
            next += 3;
            return row(`m${hour}.${minute}`, 1, [next - 3, next - 1]);
          });
          return [...rows.filter((_, minute) => minutes[minute]), row(`h${hour}`, 2, [first, next - 1])];
        });
        const day = row('d', 3, [0, Math.max(0, next - 1)]);
        const cover = finestCover(isDayLast ? [...fine, day] : [day, ...fine]);
        const sequences = cover.flatMap(({ sources }) => sources.flatMap(sequencesOf)).sort((a, b) => a - b);
        expect(sequences).toEqual(sequencesOf(day.sources[0]!));
      }),
    );
  });
});

function sequencesOf({ first, last }: Sources[number]): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
