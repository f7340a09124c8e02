/** What a write-ahead log holds as of its last commit. */
export interface LogPages {
  /** Where each page is in the log, by its number. */
  readonly offsets: ReadonlyMap<number, number>;
  /** Of the database; undefined where nothing was committed. */
  readonly pageCount: number | undefined;
}

export const NO_LOG: LogPages = { offsets: new Map(), pageCount: undefined };

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
const MAGIC = 0x377f0682;

type Sum = readonly [number, number];

/**
 * Reads a log as SQLite recovers it (https://sqlite.org/fileformat2.html#walformat): frames count up to the first
 * whose salts or checksum don't fit, and of these, those up to the last commit.
 *
 * @param pageBytes of the database; the log of another is not read
 */
export function readLogPages(log: Uint8Array, pageBytes: number): LogPages {
  const view = new DataView(log.buffer, log.byteOffset, log.byteLength);
  if (log.length < HEADER_BYTES || (view.getUint32(0) & ~1) !== MAGIC || view.getUint32(8) !== pageBytes) {
    return NO_LOG;
  }
  const isLittleEndian = (view.getUint32(0) & 1) === 0;
  let sum = checksum(view, 0, 24, [0, 0], isLittleEndian);
  if (!isStoredAt(view, 24, sum)) return NO_LOG;
  const offsets = new Map<number, number>();
  const pending = new Map<number, number>();
  let pageCount: number | undefined;
  const frameBytes = FRAME_HEADER_BYTES + pageBytes;
  for (let at = HEADER_BYTES; at + frameBytes <= log.length; at += frameBytes) {
    if (view.getUint32(at + 8) !== view.getUint32(16) || view.getUint32(at + 12) !== view.getUint32(20))
      break;
    sum = checksum(view, at, 8, sum, isLittleEndian);
    sum = checksum(view, at + FRAME_HEADER_BYTES, pageBytes, sum, isLittleEndian);
    if (!isStoredAt(view, at + 16, sum)) break;
    pending.set(view.getUint32(at), at + FRAME_HEADER_BYTES);
    if (view.getUint32(at + 4) === 0) continue;
    pageCount = view.getUint32(at + 4);
    for (const [page, offset] of pending) offsets.set(page, offset);
    pending.clear();
  }
  return { offsets, pageCount };
}

function checksum(
  view: DataView,
  at: number,
  bytes: number,
  [first, second]: Sum,
  isLittleEndian: boolean,
): Sum {
  let s0 = first;
  let s1 = second;
  for (let offset = at; offset < at + bytes; offset += 8) {
    s0 = (s0 + view.getUint32(offset, isLittleEndian) + s1) >>> 0;
    s1 = (s1 + view.getUint32(offset + 4, isLittleEndian) + s0) >>> 0;
  }
  return [s0, s1];
}

function isStoredAt(view: DataView, at: number, [s0, s1]: Sum): boolean {
  return view.getUint32(at) === s0 && view.getUint32(at + 4) === s1;
}
