import { TachoError } from '@tacho/core';
import type { Keyring, WindowRow } from '@tacho/store';

/**
 * Rows that a process could not store before it ended, as one file:
 *
 *     "tacho rows"  version  sealed ( bytes of the keys (uint32, little-endian)  keys  payloads )
 *
 * The keys are JSON: what a `WindowRow` holds, with `bytes` for the payload's length; the payloads stand in the same
 * order. Whatever the seal does not vouch for is taken for damaged, so a file is complete or nothing.
 */
const MAGIC = Buffer.from('tacho rows');
const VERSION = 1;
const HEADER_BYTES = MAGIC.length + 1;

export function encodePendingRows(rows: readonly WindowRow[], keyring: Keyring): Uint8Array {
  const keys = rows.map(({ payload, ...key }) => ({ ...key, bytes: payload.byteLength }));
  const json = Buffer.from(JSON.stringify(keys));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.byteLength);
  const plain = Buffer.concat([length, json, ...rows.map(({ payload }) => payload)]);
  const header = Buffer.concat([MAGIC, Buffer.of(VERSION)]);
  return Buffer.concat([header, keyring.seal(plain, header)]);
}

/** @throws TachoError `TACHO_BAD_DATA`, `TACHO_STORE_NEWER`, `TACHO_STORE_ENCRYPTED`, `TACHO_STORE_WRONG_KEY` */
export function decodePendingRows(bytes: Uint8Array, keyring: Keyring): WindowRow[] {
  const header = bytes.subarray(0, HEADER_BYTES);
  const version = header[MAGIC.length];
  if (version === undefined || !MAGIC.equals(header.subarray(0, MAGIC.length))) throw bad();
  if (version > VERSION)
    throw new TachoError('TACHO_STORE_NEWER', `version ${version} of rows left behind is not known`);
  const plain = Buffer.from(keyring.open(bytes.subarray(HEADER_BYTES), header));
  const payloadsAt = 4 + plain.readUInt32LE();
  const keys: unknown = JSON.parse(plain.toString('utf8', 4, payloadsAt));
  if (!Array.isArray(keys) || !keys.every(isKey)) throw bad();
  let end = payloadsAt;
  return keys.map(({ bytes: length, ...key }) => {
    const start = end;
    end += length;
    return { ...key, payload: new Uint8Array(plain.subarray(start, end)) };
  });
}

type Key = Omit<WindowRow, 'payload'> & { readonly bytes: number };

/** The seal vouches for the rest. */
function isKey(value: unknown): value is Key {
  return typeof value === 'object' && value !== null && 'bytes' in value && 'sequence' in value;
}

function bad(): TachoError {
  return new TachoError('TACHO_BAD_DATA', 'these are no rows that a process left behind');
}
