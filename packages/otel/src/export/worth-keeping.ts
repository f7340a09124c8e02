import { type HrTime, SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { isSlow } from '@tacho/core';
import { OUTCOME, type SpanOfRequest } from '../span-outcome.ts';

/**
 * Whether the trace of a server span goes out though the sampler has turned it down: its request has failed, was
 * broken off, or is a slow one of the statistics.
 *
 * @param span one that has ended
 */
export function isWorthKeeping(span: ReadableSpan & SpanOfRequest): boolean {
  if (span.status.code === SpanStatusCode.ERROR) return true;
  const { [OUTCOME]: outcome = 'completed', startTime, endTime } = span;
  return outcome === 'aborted' || isSlow({ outcome, durationMs: millisecondsBetween(startTime, endTime) });
}

function millisecondsBetween(start: HrTime, end: HrTime): number {
  return (end[0] - start[0]) * 1e3 + (end[1] - start[1]) / 1e6;
}
