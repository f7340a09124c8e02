import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PackedMerge } from '../../src/packed-merge.ts';
import { packWindow } from '../../src/packed-window.ts';
import { joinedSources, type Source } from '../../src/sources.ts';
import { DEFAULT_LIMITS, Window } from '../../src/window.ts';
import { Dictionary } from './dictionary.ts';

const anySource = fc
  .tuple(fc.constantFrom('a', 'b', 'ö'), fc.nat(20), fc.nat(4))
  .map(([writer, first, more]): Source => ({ writer, first, last: first + more }));
const anySources = fc.array(anySource, { maxLength: 12 });

describe('joined sources', () => {
  it('name the same rows', () => {
    fc.assert(
      fc.property(anySources, (sources) => {
        expect(new Set(rowsOf(joinedSources(sources)))).toEqual(new Set(rowsOf(sources)));
      }),
    );
  });

  it('name each row once, in order, in ranges that do not touch', () => {
    fc.assert(
      fc.property(anySources, (sources) => {
        const joined = joinedSources(sources);
        for (const [place, source] of joined.entries()) {
          const before = joined[place - 1];
          if (before?.writer === source.writer) expect(source.first).toBeGreaterThan(before.last + 1);
          else if (before !== undefined) expect(before.writer < source.writer).toBe(true);
        }
      }),
    );
  });
});

it('a merge knows the sources of all that was added', () => {
  fc.assert(
    fc.property(fc.array(anySources, { maxLength: 4 }), (parts) => {
      const merge = new PackedMerge(new Window(DEFAULT_LIMITS), new Dictionary());
      for (const sources of parts) {
        merge.addHead(packWindow(new Window(DEFAULT_LIMITS), new Dictionary(), sources).head);
      }
      expect(merge.sources).toEqual(joinedSources(parts.flat()));
    }),
  );
});

function rowsOf(sources: readonly Source[]): string[] {
  return sources.flatMap(({ writer, first, last }) =>
    Array.from({ length: last + 1 - first }, (_, more) => `${writer} ${first + more}`),
  );
}
