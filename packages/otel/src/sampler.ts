import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  createAlwaysRecordSampler,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';
import { type Environment, textOf } from './environment.ts';
import { DEFAULT_SAMPLER, samplerName } from './sampler-name.ts';

const SAMPLERS: Readonly<Record<string, (ratio: number) => Sampler>> = {
  always_on: () => new AlwaysOnSampler(),
  always_off: () => new AlwaysOffSampler(),
  traceidratio: (ratio) => new TraceIdRatioBasedSampler(ratio),
  parentbased_always_on: () => new ParentBasedSampler({ root: new AlwaysOnSampler() }),
  parentbased_always_off: () => new ParentBasedSampler({ root: new AlwaysOffSampler() }),
  parentbased_traceidratio: (ratio) => new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
};

/**
 * The sampler that `OTEL_TRACES_SAMPLER` and `OTEL_TRACES_SAMPLER_ARG` ask for, wrapped so that what it
 * turns down is still recorded in the process, only not exported. Without that, whoever sends
 * `traceparent: …-00` would be invisible.
 *
 * @param warn called once for each variable that has an unusable value
 */
export function samplerFrom(environment: Environment, warn: (message: string) => void): Sampler {
  const name = samplerName(environment);
  const make = Object.hasOwn(SAMPLERS, name) ? SAMPLERS[name] : undefined;
  if (make === undefined) {
    const allowed = Object.keys(SAMPLERS).join(', ');
    warn(`OTEL_TRACES_SAMPLER is "${name.slice(0, 60)}"; allowed: ${allowed}. ${DEFAULT_SAMPLER} is used.`);
  }
  const sampler =
    (make ?? SAMPLERS.parentbased_always_on)?.(ratioFrom(environment, warn)) ?? new AlwaysOnSampler();
  return createAlwaysRecordSampler(sampler);
}

function ratioFrom(environment: Environment, warn: (message: string) => void): number {
  const text = textOf(environment, 'OTEL_TRACES_SAMPLER_ARG');
  if (text === undefined) return 1;
  const ratio = /^(?:\d+(?:\.\d*)?|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
  if (ratio >= 0 && ratio <= 1) return ratio;
  warn(`OTEL_TRACES_SAMPLER_ARG is "${text.slice(0, 60)}"; allowed: a number from 0 to 1. 1 is used.`);
  return 1;
}
