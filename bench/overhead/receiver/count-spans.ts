/** Where in an `ExportTraceServiceRequest` spans are: resource_spans = 1, scope_spans = 2, spans = 2. */
const PATH = [1, 2, 2];

const LENGTH_DELIMITED = 2;
const BYTES_OF_FIXED: Readonly<Record<number, number>> = { 1: 8, 5: 4 };

/** How many spans there are in the protobuf encoding of an export; none of them is decoded. */
export function countSpans(bytes: Uint8Array): number {
  return countAt(bytes, 0, bytes.length, 0);
}

function countAt(bytes: Uint8Array, from: number, to: number, depth: number): number {
  if (depth === PATH.length) return 1;
  let count = 0;
  let at = from;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++]!;
      value += (byte & 127) * scale;
      if (byte < 128 || at >= to) return value;
    }
  };
  while (at < to) {
    const tag = varint();
    const type = tag & 7;
    if (type !== LENGTH_DELIMITED) {
      at += BYTES_OF_FIXED[type] ?? 0;
      if (type === 0) varint();
      continue;
    }
    const length = varint();
    if (tag >>> 3 === PATH[depth]) count += countAt(bytes, at, at + length, depth + 1);
    at += length;
  }
  return count;
}
