import { describe, expect, it } from '@jest/globals';
import { Aggregator } from '../../src/aggregator.ts';
import { DEFAULT_LIMITS, Window } from '../../src/window.ts';
import { aRequest, aSample } from '../report/measured.ts';

describe('sealing', () => {
  it('hands over what was measured and begins anew', () => {
    const aggregator = new Aggregator({ nowMs: 60_000 });
    aggregator.record(aRequest({ route: '/a', durationMs: 3000 }));
    aggregator.addSample(aSample());
    aggregator.countNotMeasured('admin-api');
    aggregator.countNotMeasured('excluded /healthz', 3);
    aggregator.record(aRequest({ durationMs: Number.NaN }));

    const sealed = aggregator.seal(120_000);
    expect(sealed).toMatchObject({ startMs: 60_000, endMs: 120_000, invalid: 1 });
    expect(sealed.endpoints.get('GET /a')?.stats.count).toBe(1);
    expect(sealed.slowRequests.list()).toHaveLength(1);
    expect(sealed.systemSamples.list()).toHaveLength(1);
    expect(sealed.notMeasured.entries()).toEqual([
      ['admin-api', 1],
      ['excluded /healthz', 3],
    ]);

    const { live } = aggregator;
    expect(live).toMatchObject({ startMs: 120_000, endMs: 120_000, invalid: 0 });
    expect([live.endpoints.size, live.slowRequests.list(), live.systemSamples.list()]).toEqual([0, [], []]);
    expect(live.notMeasured.entries()).toEqual([]);
  });

  it('leaves the sealed window alone from then on', () => {
    const aggregator = new Aggregator({ nowMs: 0 });
    aggregator.record(aRequest({ route: '/a' }));
    const sealed = aggregator.seal(60_000);
    aggregator.record(aRequest({ route: '/a' }));
    expect(sealed.endpoints.get('GET /a')?.stats.count).toBe(1);
    expect(aggregator.live.endpoints.get('GET /a')?.stats.count).toBe(1);
  });

  it('puts every request in exactly one window', () => {
    const aggregator = new Aggregator({ nowMs: 0 });
    const all = new Window(DEFAULT_LIMITS);
    for (let request = 1; request <= 1000; request++) {
      aggregator.record(aRequest({ route: `/${request % 7}` }));
      if (request % 13 === 0) all.merge(aggregator.seal(request));
    }
    all.merge(aggregator.live);
    expect([...all.endpoints.entries()].reduce((sum, { stats }) => sum + stats.count, 0)).toBe(1000);
  });

  it('never ends a window before its start, even where the clock goes back', () => {
    const aggregator = new Aggregator({ nowMs: 60_000 });
    expect(aggregator.seal(50_000)).toMatchObject({ startMs: 60_000, endMs: 60_000 });
    expect(aggregator.seal(70_000)).toMatchObject({ startMs: 50_000, endMs: 70_000 });
  });

  it('keeps the limits it was given', () => {
    const aggregator = new Aggregator({ limits: { ...DEFAULT_LIMITS, maxEndpoints: 1 }, nowMs: 0 });
    for (let minute = 1; minute <= 2; minute++) {
      for (const route of ['/a', '/b', '/c']) aggregator.record(aRequest({ route }));
      const { endpoints } = aggregator.seal(minute);
      expect([endpoints.size, endpoints.get('* {overflow}')?.stats.count]).toEqual([1, 2]);
    }
  });
});
