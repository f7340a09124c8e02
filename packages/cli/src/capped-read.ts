/**
 * Everything from a source, or as much as it takes to know that it is too much.
 * @returns undefined where there is more than `capBytes`; the source is then closed
 */
export async function readCapped(
  source: AsyncIterable<Uint8Array>,
  capBytes: number,
): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source) {
    size += chunk.byteLength;
    if (size > capBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size).toString('utf8');
}
