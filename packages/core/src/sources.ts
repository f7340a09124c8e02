import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { compareText } from './kept-text.ts';

/** Rows of one writer, from the first sequence to the last, both included, that a packed window was made from. */
export interface Source {
  readonly writer: string;
  readonly first: number;
  readonly last: number;
}

export type Sources = readonly Source[];

/** The same rows in as few ranges as can be, in the order of writers and sequences. */
export function joinedSources(sources: Sources): Source[] {
  const joined: Source[] = [];
  for (const source of [...sources].sort(byWriterAndFirst)) {
    const before = joined.at(-1);
    if (before?.writer === source.writer && source.first <= before.last + 1)
      joined.splice(-1, 1, { ...before, last: Math.max(before.last, source.last) });
    else joined.push(source);
  }
  return joined;
}

/** The stored form: the number of ranges, then each as writer, first, and how many follow the first. */
export function writeSources(writer: ByteWriter, sources: Sources): void {
  writer.varint(sources.length);
  for (const source of sources) {
    writer.string(source.writer);
    writer.varint(source.first);
    writer.varint(source.last - source.first);
  }
}

/** @throws TachoError `TACHO_BAD_DATA` where there are none */
export function readSources(reader: ByteReader): Source[] {
  const sources: Source[] = [];
  const ranges = reader.varint();
  for (let read = 0; read < ranges; read++) {
    const writer = reader.string();
    const first = reader.varint();
    const last = first + reader.varint();
    if (!Number.isSafeInteger(last)) throw reader.bad('a source ends past 2^53−1');
    sources.push({ writer, first, last });
  }
  return sources;
}

function byWriterAndFirst(a: Source, b: Source): number {
  return compareText(a.writer, b.writer) || a.first - b.first;
}
