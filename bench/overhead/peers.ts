import { LOCAL_DETECTORS, NOTHING_EXPORTED, otlpTo } from './otel-environment.ts';
import type { Surroundings, Variant } from './variant.ts';

/** What else there is to measure a service with. */
export const PEERS: readonly Variant[] = [
  {
    name: 'prom-client',
    label: 'prom-client, histogram middleware',
    file: 'peers/others/prom-client.cjs',
    peers: 'others',
  },
  {
    name: 'apitally',
    label: 'Apitally',
    file: 'peers/others/apitally.cjs',
    peers: 'others',
    apps: ['koa'],
    env: ({ receiver }) => ({ APITALLY_HUB_BASE_URL: receiver }),
  },
  {
    name: 'swagger-stats',
    label: 'swagger-stats',
    file: 'peers/others/swagger-stats.cjs',
    peers: 'others',
  },
  {
    name: 'otel-2',
    label: 'OTel 2.x, instrumentation-http, no exporter',
    file: 'peers/opentelemetry-2/no-exporter.cjs',
    peers: 'opentelemetry-2',
    env: () => NOTHING_EXPORTED,
  },
  {
    name: 'otel-3',
    label: 'OTel 3.x, instrumentation-http, no exporter',
    file: 'peers/opentelemetry-3/no-exporter.cjs',
    peers: 'opentelemetry-3',
    env: () => NOTHING_EXPORTED,
  },
  {
    name: 'otel-3-otlp',
    label: 'OTel 3.x + batch OTLP/http',
    file: 'peers/opentelemetry-3/otlp.cjs',
    peers: 'opentelemetry-3',
    exportsSpans: true,
    env: otlpTo,
  },
  {
    name: 'otel-3-otlp-metrics',
    label: 'OTel 3.x + batch OTLP/http + metrics',
    file: 'peers/opentelemetry-3/otlp.cjs',
    peers: 'opentelemetry-3',
    exportsSpans: true,
    env: (surroundings) => ({ ...otlpTo(surroundings), OTEL_METRICS_EXPORTER: 'otlp' }),
  },
  {
    name: 'auto-instrumentations',
    label: 'auto-instrumentations-node',
    file: 'peers/others/auto-instrumentations.cjs',
    peers: 'others',
    env: ({ receiver }) => ({
      ...LOCAL_DETECTORS,
      OTEL_SERVICE_NAME: 'bench',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver,
    }),
  },
  {
    name: 'dd-trace',
    label: 'dd-trace',
    file: 'peers/others/dd-trace.cjs',
    peers: 'others',
    env: ({ receiver }) => ({
      DD_TRACE_AGENT_URL: receiver,
      DD_SERVICE: 'bench',
      DD_TRACE_STARTUP_LOGS: 'false',
    }),
  },
  {
    name: 'elastic-apm-node',
    label: 'elastic-apm-node',
    file: 'peers/others/elastic-apm-node.cjs',
    peers: 'others',
    env: ({ receiver }) => ({
      ELASTIC_APM_SERVER_URL: receiver,
      ELASTIC_APM_SERVICE_NAME: 'bench',
      ELASTIC_APM_CLOUD_PROVIDER: 'none',
      ELASTIC_APM_LOG_LEVEL: 'off',
    }),
  },
  {
    name: 'newrelic',
    label: 'newrelic, never connected',
    file: 'peers/others/newrelic.cjs',
    peers: 'others',
    env: newRelic,
  },
  {
    name: 'sentry',
    label: '@sentry/node, every trace',
    file: 'peers/others/sentry.cjs',
    peers: 'others',
    env: ({ receiverPort }) => ({ SENTRY_DSN: `http://public@127.0.0.1:${receiverPort}/1` }),
  },
];

/** Its backend speaks TLS alone, which the receiver does not: it measures, and tries to connect. */
function newRelic({ receiverPort }: Surroundings): Record<string, string> {
  const clouds = ['AWS', 'AZURE', 'AZUREFUNCTION', 'DOCKER', 'GCP', 'KUBERNETES', 'PCF'];
  return {
    NEW_RELIC_APP_NAME: 'bench',
    NEW_RELIC_LICENSE_KEY: '0'.repeat(40),
    NEW_RELIC_HOST: '127.0.0.1',
    NEW_RELIC_PORT: `${receiverPort}`,
    NEW_RELIC_NO_CONFIG_FILE: 'true',
    NEW_RELIC_LOG_ENABLED: 'false',
    ...Object.fromEntries(clouds.map((cloud) => [`NEW_RELIC_UTILIZATION_DETECT_${cloud}`, 'false'])),
  };
}
