import { context, type Span } from '@opentelemetry/api';
import { getRPCMetadata, isTracingSuppressed, type RPCMetadata, RPCType } from '@opentelemetry/core';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { type Exchange, exchangeOf } from '@tacho/http';
import type { RecordingSpanExporter } from './span-exporter.ts';

/**
 * One for the process: a module's hook runs for the instrumentation that was there when the module was first
 * required, so only this one can be disabled and enabled again.
 */
let instrumentation: HttpInstrumentation | undefined;

/** The instrumentation of `node:http` and `node:https`, set to tell `exporter` which exchange a span is of. */
export function httpInstrumentation(exporter: RecordingSpanExporter): HttpInstrumentation {
  instrumentation ??= new HttpInstrumentation({ enabled: false });
  instrumentation.setConfig({
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
