import type { Telemetry, TelemetryOptions } from '@tacho/otel';

/**
 * Starts one of the three ways to make records of requests, and loads no other.
 * @param mode `lean`, `standard` or `off`
 */
export async function startTelemetry(
  mode: string | undefined,
  options: TelemetryOptions,
): Promise<Telemetry> {
  if (mode === 'off') return (await import('@tacho/otel/untraced')).startUntraced(options);
  return mode === 'standard'
    ? (await import('@tacho/otel/standard')).startStandard(options)
    : (await import('@tacho/otel/lean')).startLean(options);
}
