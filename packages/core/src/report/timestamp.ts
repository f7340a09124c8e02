/**
 * A moment in UTC with six decimals: `2025-07-19T01:42:25.123456Z`.
 * @param epochMs milliseconds, the fraction too, within the range of a `Date`
 */
export function timestamp(epochMs: number): string {
  let wholeMs = Math.floor(epochMs);
  let restUs = Math.round((epochMs - wholeMs) * 1000);
  if (restUs === 1000) {
    wholeMs += 1;
    restUs = 0;
  }
  const toTheMillisecond = new Date(wholeMs).toISOString().slice(0, -1);
  return `${toTheMillisecond}${String(restUs).padStart(3, '0')}Z`;
}
