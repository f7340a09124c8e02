import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Environment } from '../src/environment.ts';
import {
  batchSettings,
  isExportConfigured,
  metricIntervals,
  type OtlpSignal,
  otlpProtocolOf,
  tryLimitMs,
} from '../src/export/otlp-settings.ts';

const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };

/** The protocol of a signal, and what was warned of. */
function protocolOf(signal: OtlpSignal, environment: Environment): [string | undefined, string[]] {
  const warnings: string[] = [];
  return [otlpProtocolOf(signal, environment, (message) => warnings.push(message)), warnings];
}

describe.each(['TRACES', 'METRICS'] as const)('%s are exported', (signal) => {
  const exporter = `OTEL_${signal}_EXPORTER`;
  const ownEndpoint = `OTEL_EXPORTER_OTLP_${signal}_ENDPOINT`;
  const otherEndpoint = `OTEL_EXPORTER_OTLP_${signal === 'TRACES' ? 'METRICS' : 'TRACES'}_ENDPOINT`;

  it.each<[string, Environment]>([
    ['where there is an endpoint', ENDPOINT],
    ['where the signal has an endpoint', { [ownEndpoint]: 'http://collector:4318/v1' }],
    ['where the exporter is otlp', { [exporter]: 'otlp' }],
    ['where one of the exporters is otlp', { [exporter]: ' otlp , ' }],
    ['where the exporter is empty, which is unset', { ...ENDPOINT, [exporter]: '' }],
  ])('%s', (_when, environment) => {
    expect(protocolOf(signal, environment)).toEqual(['http/protobuf', []]);
  });

  it.each<[string, Environment]>([
    ['where nothing is set', {}],
    ['where the endpoint is empty', { OTEL_EXPORTER_OTLP_ENDPOINT: ' ' }],
    ['where but the other signal has an endpoint', { [otherEndpoint]: 'http://collector:4318/v1' }],
    ['where the exporter is none', { ...ENDPOINT, [exporter]: 'none' }],
    ['where one of the exporters is none', { ...ENDPOINT, [exporter]: 'otlp,none' }],
  ])('not %s', (_when, environment) => {
    expect(protocolOf(signal, environment)).toEqual([undefined, []]);
  });

  it.each(['console', 'zipkin', 'OTLP', '__proto__'])('not by an exporter that is unknown: %s', (name) => {
    expect(protocolOf(signal, { ...ENDPOINT, [exporter]: name })).toEqual([
      undefined,
      [`${exporter} is "${name}"; allowed: otlp, none. It is left out.`],
    ]);
  });

  it('by otlp, and the unknown ones beside it are warned of once', () => {
    expect(protocolOf(signal, { [exporter]: `console,${'x'.repeat(1_000)},otlp` })).toEqual([
      'http/protobuf',
      [`${exporter} is "console"; allowed: otlp, none. It is left out.`],
    ]);
  });
});

describe.each(['TRACES', 'METRICS'] as const)('the protocol of %s', (signal) => {
  const own = `OTEL_EXPORTER_OTLP_${signal}_PROTOCOL`;

  it.each(['http/protobuf', 'http/json', 'grpc'])('is the one that is set: %s', (protocol) => {
    expect(protocolOf(signal, { ...ENDPOINT, OTEL_EXPORTER_OTLP_PROTOCOL: protocol })).toEqual([
      protocol,
      [],
    ]);
    expect(
      protocolOf(signal, { ...ENDPOINT, OTEL_EXPORTER_OTLP_PROTOCOL: 'bogus', [own]: protocol }),
    ).toEqual([protocol, []]);
  });

  it.each(['http', 'HTTP/JSON', 'x'.repeat(1_000)])(
    'is http/protobuf, with a warning, for %.20s',
    (protocol) => {
      for (const variable of [own, 'OTEL_EXPORTER_OTLP_PROTOCOL']) {
        expect(protocolOf(signal, { ...ENDPOINT, [variable]: protocol })).toEqual([
          'http/protobuf',
          [
            `${variable} is "${protocol.slice(0, 60)}"; allowed: http/protobuf, http/json, grpc. http/protobuf is used.`,
          ],
        ]);
      }
    },
  );

  it('is http/protobuf where its own is unusable, and not the one of both signals', () => {
    const environment = { ...ENDPOINT, [own]: 'http', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' };
    const [protocol, warnings] = protocolOf(signal, environment);
    expect(protocol).toBe('http/protobuf');
    expect(warnings).toEqual([expect.stringContaining(`${own} is "http"`)]);
  });
});

let warnings: string[];
const warn = (message: string): void => {
  warnings.push(message);
};
beforeEach(() => {
  warnings = [];
});

describe('isExportConfigured', () => {
  it.each<[boolean, Environment]>([
    [false, {}],
    [true, ENDPOINT],
    [true, { OTEL_TRACES_EXPORTER: 'otlp' }],
    [true, { OTEL_METRICS_EXPORTER: 'otlp' }],
    [true, { ...ENDPOINT, OTEL_TRACES_EXPORTER: 'none' }],
    [false, { ...ENDPOINT, OTEL_TRACES_EXPORTER: 'none', OTEL_METRICS_EXPORTER: 'none' }],
  ])('is %j for %j', (isConfigured, environment) => {
    expect(isExportConfigured(environment, warn)).toBe(isConfigured);
    expect(warnings).toEqual([]);
  });
});

describe('batchSettings', () => {
  const DEFAULTS = {
    scheduledDelayMillis: 5_000,
    exportTimeoutMillis: 30_000,
    maxQueueSize: 2_048,
    maxExportBatchSize: 512,
  };

  it('are those set and usable, the rest is the standard', () => {
    expect(batchSettings({}, warn)).toEqual(DEFAULTS);
    const partly = { OTEL_BSP_SCHEDULE_DELAY: '100', OTEL_BSP_MAX_QUEUE_SIZE: 'many' };
    expect(batchSettings(partly, warn)).toEqual({ ...DEFAULTS, scheduledDelayMillis: 100 });
    expect(warnings).toEqual([
      expect.stringContaining('OTEL_BSP_MAX_QUEUE_SIZE is "many"; allowed: a whole'),
    ]);
    expect(batchSettings(batchVariables('1', '2', '30', '4'), warn)).toEqual({
      scheduledDelayMillis: 1,
      exportTimeoutMillis: 2,
      maxQueueSize: 30,
      maxExportBatchSize: 4,
    });
  });

  it('let 0 stand for the default, except for the delay, and no batch be larger than the queue', () => {
    expect(batchSettings(batchVariables('0', '0', '0', '0'), warn)).toEqual({
      ...DEFAULTS,
      scheduledDelayMillis: 0,
    });
    expect(batchSettings(batchVariables('1', '2', '3', '4'), warn).maxExportBatchSize).toBe(3);
    expect(batchSettings({ OTEL_BSP_MAX_QUEUE_SIZE: '100' }, warn).maxExportBatchSize).toBe(100);
  });

  it('are never more than a timer takes', () => {
    const settings = batchSettings(batchVariables('9999999999', '9999999999', '1', '1'), warn);
    expect(Math.max(settings.scheduledDelayMillis, settings.exportTimeoutMillis)).toBe(2 ** 31 - 1);
  });

  function batchVariables(delay: string, timeout: string, queue: string, batch: string): Environment {
    return {
      OTEL_BSP_SCHEDULE_DELAY: delay,
      OTEL_BSP_EXPORT_TIMEOUT: timeout,
      OTEL_BSP_MAX_QUEUE_SIZE: queue,
      OTEL_BSP_MAX_EXPORT_BATCH_SIZE: batch,
    };
  }
});

describe('a try to export takes no longer than', () => {
  it.each<[string, Environment, number]>([
    ['10 seconds', {}, 10_000],
    ['the standard says', { OTEL_EXPORTER_OTLP_TIMEOUT: '7000' }, 7_000],
    [
      'the signal says',
      { OTEL_EXPORTER_OTLP_TIMEOUT: '7000', OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: '3000' },
      3_000,
    ],
    ['the whole export', { OTEL_EXPORTER_OTLP_TIMEOUT: '70000' }, 30_000],
    ['10 seconds where 0 is said', { OTEL_EXPORTER_OTLP_TIMEOUT: '0' }, 10_000],
  ])('%s', (_what, environment, limitMs) => {
    expect(tryLimitMs('TRACES', environment, 30_000, warn)).toBe(limitMs);
  });
});

describe('metricIntervals', () => {
  it.each<[Environment, number, number]>([
    [{}, 60_000, 30_000],
    [{ OTEL_METRIC_EXPORT_INTERVAL: '1000' }, 1_000, 1_000],
    [{ OTEL_METRIC_EXPORT_INTERVAL: '90000', OTEL_METRIC_EXPORT_TIMEOUT: '45000' }, 90_000, 45_000],
    [{ OTEL_METRIC_EXPORT_TIMEOUT: '90000' }, 60_000, 60_000],
    [{ OTEL_METRIC_EXPORT_INTERVAL: '0', OTEL_METRIC_EXPORT_TIMEOUT: '0' }, 60_000, 30_000],
    [{ OTEL_METRIC_EXPORT_INTERVAL: '-5', OTEL_METRIC_EXPORT_TIMEOUT: 'abc' }, 60_000, 30_000],
  ])('of %j', (environment, exportIntervalMillis, exportTimeoutMillis) => {
    expect(metricIntervals(environment, warn)).toEqual({ exportIntervalMillis, exportTimeoutMillis });
  });
});
