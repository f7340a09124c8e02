/**
 * How alike the requests of one minute are, from 0 (not at all) to 1: they share a host that is busy, a cache that is
 * cold, a pause of the garbage collector. High for most services, so that a test rather says nothing.
 */
const LIKENESS_WITHIN_A_MINUTE = 0.05;

/**
 * As how many independent requests those of some minutes count in a test: Kish's design effect for clusters of `b`
 * requests whose intraclass correlation is ρ, 1 + (b − 1) ρ (L. Kish, "Survey Sampling", 1965, section 5.4). So ten
 * minutes are never worth more than 200 requests, however many they had.
 */
export function effectiveCount(count: number, minutes: number): number {
  const perMinute = count / Math.max(1, minutes);
  return count / (1 + Math.max(0, perMinute - 1) * LIKENESS_WITHIN_A_MINUTE);
}
