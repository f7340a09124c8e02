import { describe, expect, it } from '@jest/globals';
import { child } from './child.ts';

interface Loaded {
  readonly atStart: string[];
  readonly later: string[];
}

const loadedBy = (mode: string, environment = {}): Promise<Loaded> =>
  child<Loaded>('loaded.ts', [mode], environment);

/** Of the clients that the tests use. */
const CHILD_SPANS = ['ioredis', 'mysql2', 'pg', 'undici'].map(
  (name) => `@opentelemetry/instrumentation-${name}`,
);
const SDK = /^@opentelemetry\/(sdk-|exporter-|otlp-|resources|host-metrics|configuration)/;
const CLOSED_PORT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' };

describe('of OpenTelemetry is loaded', () => {
  it('nothing, where requests are not traced', async () => {
    expect(await loadedBy('off')).toEqual({ atStart: [], later: [] });
  });

  it('nothing of its SDK, where nothing is exported', async () => {
    const { atStart, later } = await loadedBy('lean');
    expect(atStart).toEqual(
      expect.arrayContaining(['@opentelemetry/api', '@opentelemetry/instrumentation-http']),
    );
    expect(atStart.filter((name) => SDK.test(name) || CHILD_SPANS.includes(name))).toEqual([]);
    expect(later).toEqual([]);
  });

  it.each(['lean', 'standard'])('what makes spans of clients, where spans are exported: %s', async (mode) => {
    const { atStart, later } = await loadedBy(mode, CLOSED_PORT);
    expect(atStart).toEqual(expect.arrayContaining(CHILD_SPANS));
    expect(later).toEqual([]);
    const metricsAlone = await loadedBy(mode, { ...CLOSED_PORT, OTEL_TRACES_EXPORTER: 'none' });
    expect(metricsAlone.atStart.filter((name) => CHILD_SPANS.includes(name))).toEqual([]);
  });

  it.each([
    ['lean', CLOSED_PORT],
    ['off', CLOSED_PORT],
    ['standard', {}],
    ['lean', { OTEL_PROPAGATORS: 'b3' }],
  ])('its SDK, where it is needed: %s %j', async (mode, environment) => {
    const { atStart, later } = await loadedBy(mode, environment);
    expect(atStart).toContain('@opentelemetry/sdk-node');
    expect(later).toEqual([]);
  });
});
