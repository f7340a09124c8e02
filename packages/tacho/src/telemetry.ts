import { createRequire } from 'node:module';
import type { Telemetry, TelemetryOptions } from '@tacho/otel';
import { startUntraced } from '@tacho/otel/untraced';
import type { Config } from './config/config.ts';

const require = createRequire(import.meta.url);
const loadLean = () => require('#otel/lean') as typeof import('@tacho/otel/lean');
const loadStandard = () => require('#otel/standard') as typeof import('@tacho/otel/standard');

/** Starts what makes records of requests, and traces them as the configuration says. No other tracing is loaded. */
export function startTelemetry({ traces, http }: Config, options: TelemetryOptions): Telemetry {
  if (traces === 'off') return startUntraced(options);
  return http === 'standard' ? loadStandard().startStandard(options) : loadLean().startLean(options);
}
