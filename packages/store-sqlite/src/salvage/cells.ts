import type { PageSource } from './page-source.ts';
import { readVarint } from './varint.ts';

const TABLE_LEAF = 0x0d;
const INDEX_LEAF = 0x0a;
const INDEX_INTERIOR = 0x02;

export interface Cell {
  /** Whether the page is of a table with rowids; others hold rows of tables without, and entries of indexes. */
  readonly isOfTable: boolean;
  /** 0 where there is none. */
  readonly rowid: number;
  /** Undefined where it can't be read. */
  readonly payload: Uint8Array | undefined;
}

/** What a page holds, if it is one of a tree that holds rows (https://sqlite.org/fileformat2.html#b_tree_pages). */
export function* cellsOf(source: PageSource, page: Uint8Array): Generator<Cell, void, undefined> {
  const type = page[0];
  if (type !== TABLE_LEAF && type !== INDEX_LEAF && type !== INDEX_INTERIOR) return;
  const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
  const isInterior = type === INDEX_INTERIOR;
  const pointersAt = isInterior ? 12 : 8;
  const count = Math.min(view.getUint16(3), Math.floor((page.length - pointersAt) / 2));
  for (let index = 0; index < count; index++) {
    const at = view.getUint16(pointersAt + 2 * index) + (isInterior ? 4 : 0);
    yield readCell(source, page, at, type === TABLE_LEAF);
  }
}

function readCell(source: PageSource, page: Uint8Array, at: number, isOfTable: boolean): Cell {
  const [bytes, afterBytes] = readVarint(page, at);
  const [rowid, start] = isOfTable ? readVarint(page, afterBytes) : [0, afterBytes];
  const isCell = bytes <= source.pageCount * source.pageBytes && !Number.isNaN(rowid);
  return {
    isOfTable,
    rowid,
    payload: isCell ? readPayload(source, page, start, bytes, isOfTable) : undefined,
  };
}

function readPayload(
  source: PageSource,
  page: Uint8Array,
  start: number,
  bytes: number,
  isOfTable: boolean,
): Uint8Array | undefined {
  const local = localBytes(bytes, page.length, isOfTable);
  if (start + local > page.length) return undefined;
  if (local === bytes) return page.subarray(start, start + bytes);
  if (start + local + 4 > page.length) return undefined;
  const payload = new Uint8Array(bytes);
  payload.set(page.subarray(start, start + local));
  return readOverflow(source, nextPage(page, start + local), payload, local) ? payload : undefined;
}

/** Follows the chain of pages that hold the rest. @returns false where it leads nowhere */
function readOverflow(source: PageSource, first: number, payload: Uint8Array, from: number): boolean {
  const room = source.pageBytes - 4;
  for (let at = from, number = first; at < payload.length; at += room) {
    if (number < 2 || number > source.pageCount) return false;
    const page = source.page(number);
    payload.set(page.subarray(4, 4 + Math.min(room, payload.length - at)), at);
    number = nextPage(page, 0);
  }
  return true;
}

/** How many bytes of a payload are on the page itself, by SQLite's formula. */
function localBytes(bytes: number, pageBytes: number, isOfTable: boolean): number {
  const most = isOfTable ? pageBytes - 35 : Math.floor(((pageBytes - 12) * 64) / 255) - 23;
  if (bytes <= most) return bytes;
  const least = Math.floor(((pageBytes - 12) * 32) / 255) - 23;
  const fitting = least + ((bytes - least) % (pageBytes - 4));
  return fitting <= most ? fitting : least;
}

function nextPage(page: Uint8Array, at: number): number {
  return new DataView(page.buffer, page.byteOffset).getUint32(at);
}
