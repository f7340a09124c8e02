import { type Environment, textOf } from './environment.ts';

/** By OpenTelemetry's specification of environment variables. */
export const DEFAULT_SAMPLER = 'parentbased_always_on';

export function samplerName(environment: Environment): string {
  return textOf(environment, 'OTEL_TRACES_SAMPLER') ?? DEFAULT_SAMPLER;
}

export function isDefaultSampler(environment: Environment): boolean {
  return samplerName(environment) === DEFAULT_SAMPLER;
}
