/**
 * `value` to so many decimals, halves up; one too large to have them is left as it is. Only reports round, and
 * only what they are about to show.
 */
export function rounded(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  const scaled = Math.round(value * scale);
  return Number.isSafeInteger(scaled) ? scaled / scale : value;
}
