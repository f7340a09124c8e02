import { createRequire } from 'node:module';
import type { Telemetry, TelemetryOptions } from '@tacho/otel';
import type { Config } from './config/config.ts';

const require = createRequire(import.meta.url);

/** Starts what makes records of requests, and traces them as the configuration says. No other way of it is loaded. */
export function startTelemetry({ traces, http }: Config, options: TelemetryOptions): Telemetry {
  if (traces === 'off') return load<typeof import('@tacho/otel/untraced')>('untraced').startUntraced(options);
  return http === 'standard'
    ? load<typeof import('@tacho/otel/standard')>('standard').startStandard(options)
    : load<typeof import('@tacho/otel/lean')>('lean').startLean(options);
}

function load<Module>(name: string): Module {
  return require(`@tacho/otel/${name}`) as Module;
}
