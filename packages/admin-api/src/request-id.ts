/**
 * Names for answers, unique as long as no two processes begin in one millisecond: `m1x2y3z4-1`, `m1x2y3z4-2`, …
 * @param startMs epoch milliseconds
 */
export function requestIds(startMs: number): () => string {
  const prefix = Math.floor(startMs).toString(36);
  let count = 0;
  return () => `${prefix}-${(++count).toString(36)}`;
}
