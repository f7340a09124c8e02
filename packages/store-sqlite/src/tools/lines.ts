import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { TachoError } from '@tacho/core';
import { isSealedFile, type Keyring, openFile, sealFile } from '@tacho/store';

const PORTION_BYTES = 65_536;
/** A line with more is no window's. */
const MAX_LINE_BYTES = 256 * 1024 * 1024;
const NEWLINE = 0x0a;

const encoder = new TextEncoder();

/** Lines as the bytes of a file, sealed where there is a key, in portions that are worth writing. */
export function encodeLines(lines: Iterable<string>, keyring: Keyring): Iterable<Uint8Array> {
  const portions = portionsOf(lines);
  return keyring.encrypts ? sealFile(keyring.fileSealer(), portions) : portions;
}

function* portionsOf(lines: Iterable<string>): Generator<Uint8Array, void, undefined> {
  let text = '';
  for (const line of lines) {
    text += `${line}\n`;
    if (text.length < PORTION_BYTES) continue;
    yield encoder.encode(text);
    text = '';
  }
  if (text !== '') yield encoder.encode(text);
}

export interface LineOfFile {
  /** @throws TachoError `TACHO_BAD_DATA` where it is not UTF-8 */
  text(): string;
  /** Share of the file that was read up to here. */
  readonly share: number;
}

/**
 * The lines of a file, sealed or not.
 *
 * @throws the file system's errors; TachoError `TACHO_BAD_DATA`, `TACHO_STORE_ENCRYPTED`, `TACHO_STORE_WRONG_KEY`
 */
export function* readLines(path: string, keyring: Keyring): Generator<LineOfFile, void, undefined> {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const progress = { bytes: 0 };
    const portions = portionsOfFile(file, progress);
    const first = portions.next();
    if (first.done) return;
    const all = chain(first.value, portions);
    const plain = isSealedFile(first.value) ? openFile(keyring.fileOpener(), all) : all;
    for (const bytes of cutLines(plain)) {
      yield { text: () => decoded(bytes), share: progress.bytes / Math.max(size, progress.bytes) };
    }
  } finally {
    closeSync(file);
  }
}

function* portionsOfFile(file: number, progress: { bytes: number }): Generator<Uint8Array, void, undefined> {
  for (;;) {
    const portion = new Uint8Array(PORTION_BYTES);
    const bytes = readSync(file, portion);
    if (bytes === 0) return;
    progress.bytes += bytes;
    yield portion.subarray(0, bytes);
  }
}

function* chain(first: Uint8Array, rest: Iterable<Uint8Array>): Generator<Uint8Array, void, undefined> {
  yield first;
  yield* rest;
}

function* cutLines(portions: Iterable<Uint8Array>): Generator<Uint8Array, void, undefined> {
  let begun: Uint8Array[] = [];
  let length = 0;
  for (const portion of portions) {
    let start = 0;
    for (let end = portion.indexOf(NEWLINE); end >= 0; end = portion.indexOf(NEWLINE, start)) {
      yield Buffer.concat([...begun, portion.subarray(start, end)]);
      begun = [];
      length = 0;
      start = end + 1;
    }
    begun.push(portion.subarray(start));
    length += portion.length - start;
    if (length > MAX_LINE_BYTES) throw new TachoError('TACHO_BAD_DATA', 'a line is too long');
  }
  if (length > 0) yield Buffer.concat(begun);
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new TachoError('TACHO_BAD_DATA', 'it is not UTF-8', { cause });
  }
}
