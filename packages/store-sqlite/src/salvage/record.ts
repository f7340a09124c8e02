import { readVarint } from './varint.ts';

export type Value = number | string | Uint8Array | null;

const INTEGER_BYTES = [0, 1, 2, 3, 4, 6, 8] as const;
const REAL = 7;
const ZERO = 8;
const ONE = 9;
const FIRST_BLOB = 12;

/**
 * The values of a row (https://sqlite.org/fileformat2.html#record_format).
 *
 * @returns undefined where the bytes are no record, or one with an integer past 2⁵³
 */
export function decodeRecord(bytes: Uint8Array): readonly Value[] | undefined {
  const [headerBytes, afterLength] = readVarint(bytes, 0);
  if (!(headerBytes <= bytes.length)) return undefined;
  const values: Value[] = [];
  let at = headerBytes;
  for (let typeAt = afterLength; typeAt < headerBytes; ) {
    const [type, end] = readVarint(bytes, typeAt);
    const length = lengthOf(type);
    if (!(at + length <= bytes.length) || end > headerBytes) return undefined;
    const value = decodeValue(type, bytes.subarray(at, at + length));
    if (value === undefined) return undefined;
    values.push(value);
    at += length;
    typeAt = end;
  }
  return at === bytes.length ? values : undefined;
}

/** @returns NaN for a type that is none */
function lengthOf(type: number): number {
  if (type >= FIRST_BLOB) return Math.floor((type - FIRST_BLOB) / 2);
  if (type === REAL) return 8;
  if (type === ZERO || type === ONE) return 0;
  return INTEGER_BYTES[type] ?? Number.NaN;
}

function decodeValue(type: number, bytes: Uint8Array): Value | undefined {
  if (type >= FIRST_BLOB) return type % 2 === 0 ? bytes : Buffer.from(bytes).toString();
  if (type === 0) return null;
  if (type === ZERO) return 0;
  if (type === ONE) return 1;
  if (type === REAL) return new DataView(bytes.buffer, bytes.byteOffset).getFloat64(0);
  return decodeInteger(bytes);
}

function decodeInteger(bytes: Uint8Array): number | undefined {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  const signed = Number(BigInt.asIntN(bytes.length * 8, value));
  return Number.isSafeInteger(signed) ? signed : undefined;
}
