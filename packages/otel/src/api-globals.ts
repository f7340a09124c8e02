import {
  type ContextManager,
  context,
  metrics,
  ProxyTracerProvider,
  propagation,
  type TextMapPropagator,
  trace,
} from '@opentelemetry/api';

// The API's globals are set once, and whoever comes second is refused. What somebody else has set before is theirs:
// we don't clear it. What we have set is cleared, since a tachometer started anew would find its predecessor's.

/** @returns clears it again; undefined where somebody else's is in force */
export function setContextManager(manager: ContextManager): (() => void) | undefined {
  manager.enable();
  return context.setGlobalContextManager(manager) ? () => context.disable() : undefined;
}

/** @returns clears it again, if it was set */
export function setPropagator(propagator: TextMapPropagator): () => void {
  return propagation.setGlobalPropagator(propagator) ? () => propagation.disable() : () => {};
}

/**
 * Runs `register`, which may set any of the globals.
 * @returns clears all of them, if the tracer provider was among what was set
 */
export function settingGlobals(register: () => void): () => void {
  const before = globalTracerProvider();
  register();
  if (globalTracerProvider() === before) return () => {};
  return () => {
    trace.disable();
    context.disable();
    propagation.disable();
    metrics.disable();
  };
}

/**
 * Runs `register`, which may set the providers of tracers and of meters.
 * @returns clears those that it has set
 */
export function settingProviders(register: () => void): () => void {
  const tracersBefore = globalTracerProvider();
  const metersBefore = metrics.getMeterProvider();
  register();
  const hasSetTracers = globalTracerProvider() !== tracersBefore;
  const hasSetMeters = metrics.getMeterProvider() !== metersBefore;
  return () => {
    if (hasSetTracers) trace.disable();
    if (hasSetMeters) metrics.disable();
  };
}

/** What stands behind the API's proxy, which is never replaced itself. */
function globalTracerProvider(): unknown {
  const provider = trace.getTracerProvider();
  return provider instanceof ProxyTracerProvider ? provider.getDelegate() : provider;
}
