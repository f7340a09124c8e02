import { createHash } from 'node:crypto';

const TRACESTATE = Array.from({ length: 32 }, (_, i) => `vendor${i}=value${i}`).join(',');
const BAGGAGE = Array.from({ length: 64 }, (_, i) => `key${i}=${'v'.repeat(120)}`)
  .join(',')
  .slice(0, 8192);
const SAME_FOR_ALL = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00';

/**
 * What a client can send to get out of the statistics: a trace context that says "not sampled", with ids of
 * its own or the same for all, the longest legal `tracestate`, and 8 KB of baggage.
 */
export function hostileHeaders(n: number): readonly string[] {
  return [
    `traceparent: ${n % 2 === 0 ? SAME_FOR_ALL : unsampledTrace(n)}`,
    `tracestate: ${TRACESTATE}`,
    `baggage: ${BAGGAGE}`,
  ];
}

function unsampledTrace(n: number): string {
  const hex = createHash('sha256').update(String(n)).digest('hex');
  return `00-${hex.slice(0, 32)}-${hex.slice(32, 48)}-00`;
}
