import type { Sources } from '@tacho/core';

interface Range {
  readonly first: number;
  readonly last: number;
}

/** Rows as they were first stored: which sequences of which writers. */
export class SourceSet {
  /** In ascending order, no two of them adjacent. */
  readonly #rangesByWriter = new Map<string, Range[]>();

  constructor(sources: Sources) {
    for (const source of [...sources].sort((a, b) => a.first - b.first)) this.#append(source);
  }

  /** Whether all of `sources` are in the set. */
  covers(sources: Sources): boolean {
    return sources.every(({ writer, first, last }) =>
      this.#rangesByWriter.get(writer)?.some((range) => range.first <= first && last <= range.last),
    );
  }

  #append({ writer, first, last }: Sources[number]): void {
    const ranges = this.#rangesByWriter.get(writer) ?? [];
    this.#rangesByWriter.set(writer, ranges);
    const before = ranges.at(-1);
    if (before === undefined || before.last + 1 < first) ranges.push({ first, last });
    else ranges[ranges.length - 1] = { first: before.first, last: Math.max(before.last, last) };
  }
}
