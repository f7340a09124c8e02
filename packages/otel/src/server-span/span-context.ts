import {
  type Context,
  isSpanContextValid,
  ROOT_CONTEXT,
  SamplingDecision,
  type SpanContext,
  SpanKind,
  TraceFlags,
  type TraceState,
  trace,
} from '@opentelemetry/api';
import type { Sampler } from '@opentelemetry/sdk-trace';
import { newSpanId, newTraceId } from './span-ids.ts';

/** The parent that a client has sent along; undefined where it has sent none that is valid. */
export function parentIn(context: Context): SpanContext | undefined {
  if (context === ROOT_CONTEXT) return undefined;
  const parent = trace.getSpanContext(context);
  return parent !== undefined && isSpanContextValid(parent) ? parent : undefined;
}

/**
 * The identity of a new server span, as the SDK gives it: its parent's trace or one of its own, and whether it is
 * sampled. It is recorded in any case.
 *
 * @param sampler undefined for `parentbased_always_on`: as the parent was, and without a parent always
 */
export function newSpanContext(
  parent: SpanContext | undefined,
  sampler: Sampler | undefined,
  sentAlong: Context,
  name: string,
): SpanContext {
  const traceId = parent?.traceId ?? newTraceId();
  const spanId = newSpanId();
  if (sampler === undefined) {
    const traceFlags = parent === undefined ? TraceFlags.SAMPLED : parent.traceFlags & TraceFlags.SAMPLED;
    return contextOf(traceId, spanId, traceFlags, parent?.traceState);
  }
  const { decision, traceState } = sampler.shouldSample(sentAlong, traceId, name, SpanKind.SERVER, {}, []);
  const isSampled = decision === SamplingDecision.RECORD_AND_SAMPLED;
  return contextOf(
    traceId,
    spanId,
    isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
    traceState ?? parent?.traceState,
  );
}

function contextOf(
  traceId: string,
  spanId: string,
  traceFlags: TraceFlags,
  traceState: TraceState | undefined,
): SpanContext {
  return traceState === undefined
    ? { traceId, spanId, traceFlags }
    : { traceId, spanId, traceFlags, traceState };
}
