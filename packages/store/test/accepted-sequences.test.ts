import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AcceptedSequences } from '../src/accepted-sequences.ts';

const anyKeys = fc.array(fc.tuple(fc.constantFrom('a', 'b', '__proto__'), fc.nat(30)), { maxLength: 120 });

describe('accepted sequences', () => {
  it('accept what they have not accepted, in any order and with any gaps', () => {
    fc.assert(
      fc.property(anyKeys, (keys) => {
        const sequences = new AcceptedSequences();
        const model = new Set<string>();
        for (const [writer, sequence] of keys) {
          const key = `${writer} ${sequence}`;
          expect(sequences.accept(writer, sequence)).toBe(!model.has(key));
          model.add(key);
        }
      }),
    );
  });

  it('forget the writer that has been silent for longest, and no other', () => {
    const sequences = new AcceptedSequences(2);
    for (const writer of ['a', 'b', 'a', 'c']) sequences.accept(writer, 0);
    expect(sequences.accept('c', 0)).toBe(false);
    expect(sequences.accept('a', 0)).toBe(false);
    expect(sequences.accept('b', 0)).toBe(true);
  });

  it('know a writer by a million rows as fast as by one', () => {
    const sequences = new AcceptedSequences();
    for (let sequence = 0; sequence < 1_000_000; sequence++) sequences.accept('a', sequence);
    expect(sequences.accept('a', 0)).toBe(false);
    expect(sequences.accept('a', 999_999)).toBe(false);
    expect(sequences.accept('a', 1_000_000)).toBe(true);
  });
});
