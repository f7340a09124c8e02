import { type ProxyTracerProvider, trace } from '@opentelemetry/api';
import { type Method, patchMethod } from '@tacho/http';
import type { RequiredApi } from './api-copies.ts';

/**
 * A tracer that the application has taken before there was a provider asks its own copy of the API for one, for
 * ever; and a provider is registered with one copy only. The ES module and the CommonJS form of one package are two
 * copies already: ours is the ES module. So the others get to know the provider that ours has.
 *
 * @returns undoes it
 */
export function wakeEarlyTracers(copies: readonly RequiredApi[]): () => void {
  const undo = copies.map(({ exports }) =>
    patchMethod(exports.ProxyTracerProvider.prototype, 'getDelegateTracer', askingOurs),
  );
  return () => {
    for (const undoOne of undo) undoOne();
  };
}

function askingOurs(original: Method): Method {
  return function getDelegateTracer(this: unknown, ...args: unknown[]): unknown {
    const tracer = Reflect.apply(original, this, args);
    if (tracer !== undefined) return tracer;
    const provider = trace.getTracerProvider() as ProxyTracerProvider;
    return provider === this ? undefined : Reflect.apply(provider.getDelegateTracer, provider, args);
  };
}
