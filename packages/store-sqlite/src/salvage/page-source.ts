import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { APPLICATION_ID } from '../file/schema.ts';
import { systemCode } from '../file/sqlite-error.ts';
import { type LogPages, NO_LOG, readLogPages } from './log-pages.ts';

const DEFAULT_PAGE_BYTES = 4096;
const MAGIC = 'SQLite format 3\0';
const APPLICATION_ID_AT = 68;

/**
 * The pages of a database's file as they are, whatever is wrong with it, and as its log has them. Must not be closed
 * before SQLite's own connections to the file are: closing gives up the locks that this process holds on it.
 */
export class PageSource {
  readonly #path: string;
  readonly #file: number;
  #log: Uint8Array = new Uint8Array();
  #logPages = NO_LOG;
  #pageBytes = DEFAULT_PAGE_BYTES;
  #pageCount = 0;

  /** @throws the file system's error */
  constructor(path: string) {
    this.#path = path;
    this.#file = openSync(path, 'r');
  }

  get pageBytes(): number {
    return this.#pageBytes;
  }

  /** A last page that is cut short counts. */
  get pageCount(): number {
    return this.#pageCount;
  }

  /** Looks at how large the file is and what is in its log. To be called once nobody writes any more. */
  load(): void {
    this.#pageBytes = this.#pageBytesInHeader();
    this.#log = readIfAny(`${this.#path}-wal`);
    const pages = readLogPages(this.#log, this.#pageBytes);
    this.#logPages = this.#isOurs(pages) ? pages : NO_LOG;
    this.#pageCount = this.#logPages.pageCount ?? Math.ceil(fstatSync(this.#file).size / this.#pageBytes);
  }

  /** @param number from 1 @returns zeros where the file ends */
  page(number: number): Uint8Array {
    const inLog = this.#logPages.offsets.get(number);
    if (inLog !== undefined) return this.#log.subarray(inLog, inLog + this.#pageBytes);
    const page = new Uint8Array(this.#pageBytes);
    readSync(this.#file, page, 0, this.#pageBytes, (number - 1) * this.#pageBytes);
    return page;
  }

  close(): void {
    closeSync(this.#file);
  }

  #pageBytesInHeader(): number {
    const header = Buffer.alloc(18);
    readSync(this.#file, header, 0, header.length, 0);
    const bytes = header.readUInt16BE(16) === 1 ? 65536 : header.readUInt16BE(16);
    const isValid = bytes >= 512 && (bytes & (bytes - 1)) === 0;
    return header.toString('latin1', 0, 16) === MAGIC && isValid ? bytes : DEFAULT_PAGE_BYTES;
  }

  /** The first page says whose log it is, where it is in there. */
  #isOurs({ offsets }: LogPages): boolean {
    const first = offsets.get(1);
    if (first === undefined) return true;
    return (
      Buffer.from(this.#log.buffer, this.#log.byteOffset).readUInt32BE(first + APPLICATION_ID_AT) ===
      APPLICATION_ID
    );
  }
}

function readIfAny(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return new Uint8Array();
    throw error;
  }
}
