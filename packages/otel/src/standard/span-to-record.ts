import type { HrTime } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { RequestRecord } from '@tacho/core';
import type { Exchange } from '@tacho/http';

/** `enduser.id` of the semantic conventions' registry: set by applications on the active span. */
const ATTR_ENDUSER_ID = 'enduser.id';

/**
 * The record of a request from its server span and from what the HTTP layer saw of it. The span gives the
 * times and ids; outcome, status and route come from the exchange, because a span shows an aborted request
 * as a success and loses attributes to the limits its owner may set.
 *
 * @param pseudonymOf turns a user's name into a pseudonym
 */
export function recordOfSpan(
  span: ReadableSpan,
  exchange: Exchange,
  pseudonymOf: (user: string) => string,
): RequestRecord {
  return {
    startMs: millisecondsOf(span.startTime),
    // A span that a thrown error ended before the response did tells less than the exchange.
    durationMs: Math.max(millisecondsOf(span.duration), exchange.durationMs),
    method: exchange.method,
    route: exchange.route,
    status: exchange.status,
    outcome: exchange.outcome ?? 'aborted',
    user: exchange.user ?? userOfSpan(span, pseudonymOf),
    traceId: span.spanContext().traceId,
  };
}

function userOfSpan(span: ReadableSpan, pseudonymOf: (user: string) => string): string | undefined {
  const user = span.attributes[ATTR_ENDUSER_ID];
  return typeof user === 'string' && user !== '' ? pseudonymOf(user) : undefined;
}

/** Epoch nanoseconds do not fit a float64; milliseconds with their fraction do, to a quarter microsecond. */
function millisecondsOf([seconds, nanoseconds]: HrTime): number {
  return seconds * 1e3 + nanoseconds / 1e6;
}
