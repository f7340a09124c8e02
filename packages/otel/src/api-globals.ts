import { context, metrics, ProxyTracerProvider, propagation, trace } from '@opentelemetry/api';

/**
 * Runs `register`, which may set the API's globals, and tells how to clear them again. Globals that somebody
 * else has set before are theirs: the API refuses to set them twice, and we don't clear them.
 *
 * Without clearing, a tachometer started anew would find the provider of its predecessor, which is shut down.
 *
 * @returns clears what was set
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

/** What stands behind the API's proxy, which is never replaced itself. */
function globalTracerProvider(): unknown {
  const provider = trace.getTracerProvider();
  return provider instanceof ProxyTracerProvider ? provider.getDelegate() : provider;
}
