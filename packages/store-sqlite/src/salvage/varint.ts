/** @returns the value, and where it ends; NaN where it reaches past the bytes or past 2⁵³ */
export function readVarint(bytes: Uint8Array, at: number): readonly [value: number, end: number] {
  let value = 0;
  for (let index = 0; index < 8; index++) {
    const byte = bytes[at + index];
    if (byte === undefined) return [Number.NaN, at];
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return [value <= Number.MAX_SAFE_INTEGER ? value : Number.NaN, at + index + 1];
  }
  return [Number.NaN, at];
}
