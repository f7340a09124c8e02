import { context, type Span } from '@opentelemetry/api';
import { getRPCMetadata, isTracingSuppressed, type RPCMetadata, RPCType } from '@opentelemetry/core';
import { type Exchange, exchangeOf } from '@tacho/http';
import { HttpInPlace } from '../http-in-place.ts';
import { LEFT_OUT, type SpanOfRequest } from '../span-outcome.ts';
import type { RecordingSpanExporter } from './span-exporter.ts';

/** The instrumentation of requests in and out, set to tell `exporter` which exchange a span is of. */
export function httpInstrumentation(exporter: RecordingSpanExporter): HttpInPlace {
  const instrumentation = new HttpInPlace({
    // A request without an exchange is one that the HTTP layer leaves out.
    ignoreIncomingRequestHook: (request) => exchangeOf(request) === undefined,
    // Exporters send with tracing suppressed, which keeps their requests out of the spans but not of the metrics.
    ignoreOutgoingRequestHook: () => isTracingSuppressed(context.active()),
    requestHook: (span, request) => {
      const exchange = exchangeOf(request);
      if (exchange === undefined) return;
      exporter.link(span, exchange);
      passRouteOn(exchange, getRPCMetadata(context.active()), span);
    },
    // The last that is asked before a span ends and its request is measured.
    applyCustomAttributesOnSpan: (span: Span & SpanOfRequest) => {
      if (span[LEFT_OUT]) instrumentation.endUnmeasured(span);
    },
  });
  return instrumentation;
}

/**
 * Gives the router's template to the instrumentation, which puts it into the span's name, the span's
 * `http.route` and the metrics when the response closes. A template learned from URLs stays out of them:
 * the semantic conventions want `http.route` from the framework or not at all.
 */
function passRouteOn(exchange: Exchange, metadata: RPCMetadata | undefined, span: Span): void {
  if (metadata?.type !== RPCType.HTTP || metadata.span !== span) return;
  exchange.whenRouted = (template) => {
    metadata.route = template;
  };
}
