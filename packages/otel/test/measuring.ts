import type { RequestRecord } from '@tacho/core';
import { Exclusions, ServerHooks } from '@tacho/http';
import type { Telemetry, TelemetryOptions } from '@tacho/otel';
import { startTelemetry } from './start-telemetry.ts';
import { STRICT } from './strict-privacy.ts';

export interface Measuring {
  readonly telemetry: Telemetry;
  readonly hooks: ServerHooks;
}

export interface MeasuringOptions
  extends Partial<Pick<TelemetryOptions, 'instrumentations' | 'packageFolders'>> {
  readonly environment?: NodeJS.ProcessEnv;
  readonly record: (record: RequestRecord) => void;
}

/**
 * Measures the requests of this process from now on, without anything to keep them in.
 * @param mode `lean`, `standard` or `off`
 * @param record is given the one record that is filled anew for each request
 */
export async function startMeasuring(
  mode: string | undefined,
  { environment = {}, record, ...others }: MeasuringOptions,
): Promise<Measuring> {
  const telemetry = await startTelemetry(mode, {
    serviceName: 'test',
    environment,
    privacy: STRICT,
    diskPath: '/',
    instrumentations: [],
    packageFolders: () => [],
    notices: { info: () => {}, warn: () => {}, warnRarely: () => {} },
    record,
    pseudonymOf: (user) => user,
    otherSpan: () => {},
    ...others,
  });
  const hooks = new ServerHooks({
    exclusions: new Exclusions([]),
    userOf: () => undefined,
    notMeasured: () => {},
    onEnd: telemetry.exchangeEnded,
    now: Date.now,
    attach: telemetry.attach,
  });
  hooks.install();
  return { telemetry, hooks };
}
