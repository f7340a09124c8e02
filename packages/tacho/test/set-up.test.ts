import { afterEach, describe, expect, it } from '@jest/globals';
import type { Config } from '../src/config/config.ts';
import type { MonitoringOptions } from '../src/config/options.ts';
import type { LogEntry } from '../src/log/logger.ts';
import { INERT_MONITORING, type Monitoring } from '../src/monitoring.ts';
import { type Start, type Surroundings, setUp } from '../src/set-up.ts';

const running: Monitoring[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((monitoring) => monitoring.shutdown()));
});

/** Starts something that only notes what it was given. */
function noting(): { start: Start; starts: [Config, Surroundings][] } {
  const starts: [Config, Surroundings][] = [];
  const start: Start = (config, surroundings) => {
    starts.push([config, surroundings]);
    return {
      ...INERT_MONITORING,
      adminApi: { url: `http://127.0.0.1:${starts.length}` },
      shutdown: async () => {},
    };
  };
  return { start, starts };
}

/** Options whose logger keeps what it is told. */
function listening(options: MonitoringOptions = {}): { options: MonitoringOptions; told: unknown[] } {
  const told: unknown[] = [];
  const take = (entry: LogEntry) => told.push(entry.message);
  return { options: { ...options, logger: { info: take, warn: take, error: take } }, told };
}

function setUpHere(options: unknown, variables: Record<string, string>, start: Start): Monitoring {
  const monitoring = setUp(options, variables, start);
  running.push(monitoring);
  return monitoring;
}

describe('setting up', () => {
  it('starts with a checked configuration, a log, a clock and the environment', () => {
    const { start, starts } = noting();
    const variables = { OTEL_SERVICE_NAME: 'shop', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost' };
    const monitoring = setUpHere({ maxEndpoints: 10 }, variables, start);
    expect(monitoring.adminApi).toEqual({ url: 'http://127.0.0.1:1' });
    const [[config, surroundings] = []] = starts;
    expect(config).toMatchObject({ serviceName: 'shop', maxEndpoints: 10 });
    expect(surroundings?.environment).toBe(variables);
    expect(Math.abs((surroundings?.clock.now() ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it('throws for wrong options, before anything is started', () => {
    const { start, starts } = noting();
    expect(() => setUp({ adminApi: { port: -1 } }, {}, start)).toThrow(
      expect.objectContaining({ code: 'TACHO_BAD_OPTION' }),
    );
    expect(starts).toEqual([]);
  });

  it('warns of each wrong variable, and starts', () => {
    const { start, starts } = noting();
    const { options, told } = listening();
    setUpHere(options, { TACHO_ADMIN_PORT: 'x', TACHO_STORE: 'y' }, start);
    expect(starts).toHaveLength(1);
    expect(told).toEqual([
      'TACHO_ADMIN_PORT is "x"; allowed: a whole number from 0 to 65535. It is left out.',
      expect.stringMatching(
        /^TACHO_STORE is "y"; allowed: "memory", or the path of a file.*It is left out\.$/,
      ),
    ]);
  });
});

describe('setting up again', () => {
  it('gives the same handle and one warning, and starts nothing', () => {
    const { start, starts } = noting();
    const { options, told } = listening();
    const first = setUpHere(options, {}, start);
    const others = [{}, { maxEndpoints: 10 }, undefined].map((again) => setUp(again, {}, start));
    expect(others.every((monitoring) => monitoring === first)).toBe(true);
    expect(starts).toHaveLength(1);
    expect(told).toEqual(['startMonitoring was called again: the first call holds, and its options stay']);
  });

  it('throws for wrong options all the same', () => {
    const { start } = noting();
    const { options, told } = listening();
    setUpHere(options, {}, start);
    expect(() => setUp({ nonsense: 1 }, {}, start)).toThrow(/nonsense/);
    expect(told).toEqual([]);
  });

  it('starts afresh after a shutdown', async () => {
    const { start, starts } = noting();
    const first = setUpHere({}, {}, start);
    await first.shutdown();
    expect(setUpHere({}, {}, start)).not.toBe(first);
    expect(starts).toHaveLength(2);
  });
});

describe('what fails', () => {
  const failure = new Error('no telemetry\nRequire stack: …');
  it('on start is told in one line, and the application has a handle that does nothing', async () => {
    const { options, told } = listening();
    const failing: Start = () => {
      throw failure;
    };
    const monitoring = setUp(options, {}, failing);
    expect(monitoring).toBe(INERT_MONITORING);
    await expect(monitoring.shutdown()).resolves.toBeUndefined();
    expect(told).toEqual(['could not start and is switched off: Error: no telemetry']);
    const { start, starts } = noting();
    setUpHere(options, {}, start);
    expect(starts).toHaveLength(1);
  });

  it('on shutdown is told in one line', async () => {
    const { options, told } = listening();
    const start: Start = () => ({ ...INERT_MONITORING, shutdown: () => Promise.reject(failure) });
    await setUp(options, {}, start).shutdown();
    expect(told).toEqual(['the shutdown failed: Error: no telemetry']);
  });
});
