import { createRequire } from 'node:module';
import { ExchangeRecorder } from '@tacho/http';
import type { Metrics } from './export/metrics.ts';
import { otlpProtocolOf } from './export/otlp-settings.ts';
import { isMeteredByOthers } from './joined/registered-api.ts';
import { withoutRepeats } from './notices.ts';
import type { Telemetry, TelemetryOptions } from './telemetry.ts';

const require = createRequire(import.meta.url);
const loadMetrics = () => require('#otel/metrics') as typeof import('./export/metrics.ts');

/** Makes no spans at all. Metrics are exported where that is configured, and nothing is loaded where it is not. */
export function startUntraced(options: TelemetryOptions): Telemetry {
  const { environment } = options;
  const notices = withoutRepeats(options.notices);
  const recorder = new ExchangeRecorder();
  const startMetrics =
    otlpProtocolOf('METRICS', environment, notices.warn) === undefined
      ? undefined
      : loadMetrics().startMetrics;
  let metrics: Metrics | undefined;
  return {
    attach: () => {
      if (!isMeteredByOthers()) metrics = startMetrics?.({ ...options, notices });
      return undefined;
    },
    exchangeEnded: (exchange, request) => {
      options.record(recorder.recordOf(exchange));
      recorder.letGo();
      metrics?.measure(exchange, request);
    },
    exportStatus: () => metrics?.status(),
    forceFlush: async () => metrics?.forceFlush(),
    shutdown: async () => metrics?.shutdown(),
  };
}
