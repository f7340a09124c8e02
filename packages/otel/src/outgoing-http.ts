import { context } from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import { HttpInPlace } from './http-in-place.ts';

/** For requests that go out. */
export function outgoingHttp(): HttpInPlace {
  return new HttpInPlace({
    disableIncomingRequestInstrumentation: true,
    // Exporters send with tracing suppressed, which keeps their requests out of the spans but not of the metrics.
    ignoreOutgoingRequestHook: () => isTracingSuppressed(context.active()),
  });
}
