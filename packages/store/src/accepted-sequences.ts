interface Range {
  first: number;
  last: number;
}

/**
 * Which sequences of which writers were taken in, so that a retry is known as one even when what it brought has
 * since been merged into something else. A writer that leaves no gap takes the room of two numbers.
 *
 * Remembers the `maxWriters` writers last heard of. A retry by one that was forgotten would be taken in again.
 */
export class AcceptedSequences {
  readonly #maxWriters: number;
  /** Ranges in ascending order, no two of them adjacent; writers in the order in which they were last heard of. */
  readonly #rangesByWriter = new Map<string, Range[]>();

  constructor(maxWriters = 1000) {
    this.#maxWriters = maxWriters;
  }

  /** @returns false where it was accepted before */
  accept(writer: string, sequence: number): boolean {
    const ranges = this.#hearFrom(writer);
    const index = ranges.findLastIndex(({ first }) => first <= sequence);
    const before = ranges[index];
    if (before !== undefined && sequence <= before.last) return false;
    const after = ranges[index + 1];
    const joined = {
      first: before?.last === sequence - 1 ? before.first : sequence,
      last: after?.first === sequence + 1 ? after.last : sequence,
    };
    const from = joined.first === sequence ? index + 1 : index;
    const to = joined.last === sequence ? index + 1 : index + 2;
    ranges.splice(from, to - from, joined);
    return true;
  }

  has(writer: string, sequence: number): boolean {
    const ranges = this.#rangesByWriter.get(writer) ?? [];
    return ranges.some(({ first, last }) => first <= sequence && sequence <= last);
  }

  #hearFrom(writer: string): Range[] {
    const ranges = this.#rangesByWriter.get(writer) ?? [];
    this.#rangesByWriter.delete(writer);
    this.#rangesByWriter.set(writer, ranges);
    if (this.#rangesByWriter.size > this.#maxWriters) {
      const [longestSilent] = this.#rangesByWriter.keys();
      if (longestSilent !== undefined) this.#rangesByWriter.delete(longestSilent);
    }
    return ranges;
  }
}
