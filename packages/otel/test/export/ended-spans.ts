import { ROOT_CONTEXT } from '@opentelemetry/api';
import { type ReadableSpan, TracerProvider } from '@opentelemetry/sdk-trace';

/** Spans of the SDK that have ended, each named after its number. */
export function endedSpans(count: number): ReadableSpan[] {
  const ended: ReadableSpan[] = [];
  const collector = {
    onStart: () => {},
    onEnd: (span: ReadableSpan) => void ended.push(span),
    forceFlush: async () => {},
    shutdown: async () => {},
  };
  const tracer = new TracerProvider({ spanProcessors: [collector] }).getTracer('test');
  for (let n = 0; n < count; n++) tracer.startSpan(String(n), {}, ROOT_CONTEXT).end();
  return ended;
}
