import { describe, expect, it } from '@jest/globals';
import { child } from './child.ts';

interface Loaded {
  readonly atStart: string[];
  readonly later: string[];
}

const loadedBy = (mode: string, environment = {}): Promise<Loaded> =>
  child<Loaded>('loaded.ts', [mode], environment);

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
    expect(atStart.filter((name) => SDK.test(name))).toEqual([]);
    expect(later).toEqual([]);
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
