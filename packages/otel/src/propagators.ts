import type { TextMapPropagator } from '@opentelemetry/api';
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { type Environment, textOf } from './environment.ts';

const PROPAGATORS: Readonly<Record<string, () => TextMapPropagator>> = {
  tracecontext: () => new W3CTraceContextPropagator(),
  baggage: () => new W3CBaggagePropagator(),
};

/**
 * What `OTEL_PROPAGATORS` asks for.
 * @returns undefined where it names some that only the whole SDK knows
 */
export function propagatorFrom(environment: Environment): TextMapPropagator | undefined {
  const text = textOf(environment, 'OTEL_PROPAGATORS') ?? 'tracecontext,baggage';
  const names = new Set(text.split(',').map((name) => name.trim()));
  if (names.has('none')) return new CompositePropagator({ propagators: [] });
  const propagators: TextMapPropagator[] = [];
  for (const name of names) {
    const make = Object.hasOwn(PROPAGATORS, name) ? PROPAGATORS[name] : undefined;
    if (make === undefined) return undefined;
    propagators.push(make());
  }
  return new CompositePropagator({ propagators });
}
