import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EndpointStats } from '../../src/endpoint-stats.ts';
import { compareText } from '../../src/kept-text.ts';
import type { RequestRecord, SystemSample } from '../../src/record.ts';
import { DEFAULT_LIMITS, Window } from '../../src/window.ts';
import { type EndpointJson, type WindowJson, windowJson, windowOfJson } from '../../src/window-json.ts';
import { anyHappening } from '../anything.ts';
import { badDataOf, resultOrBadData } from '../bad-data.ts';
import { dumpOfStats, dumpOfTable } from '../dump.ts';
import { aRuntimeSample } from '../report/measured.ts';
import { windowOf } from '../window-of.ts';

const REQUEST: RequestRecord = {
  startMs: 60_000,
  durationMs: 5,
  method: 'GET',
  route: '/a',
  status: 200,
  outcome: 'completed',
  user: undefined,
  traceId: undefined,
};

const SAMPLE: SystemSample = {
  timestampMs: 60_000,
  cpuPercent: 5,
  memoryPercent: null,
  memoryAvailableBytes: 1e9,
  diskPercent: null,
  diskFreeBytes: 1e9,
};

const anyHappenings = fc.array(anyHappening, { maxLength: 60 });

/** Through text, as it is exported. */
function read(json: unknown): Window {
  return windowOfJson(JSON.parse(JSON.stringify(json)), DEFAULT_LIMITS);
}

describe('a window as JSON', () => {
  it('is the same when it is read again', () => {
    fc.assert(
      fc.property(anyHappenings, (happenings) => {
        const window = windowOf(happenings);
        expect(factsOf(read(windowJson(window)))).toEqual(factsOf(window));
      }),
      { numRuns: 500 },
    );
  });

  it('has users that were folded and samples that were thinned', () => {
    fc.assert(
      fc.property(anyHappenings, (happenings) => {
        const window = windowOf(happenings, { maxUsers: 1, maxSystemSamples: 2, maxRuntimeSamples: 2 });
        expect(factsOf(read(windowJson(window)))).toEqual(factsOf(window));
      }),
    );
  });

  it('may be one of the time before there were samples of processes', () => {
    fc.assert(
      fc.property(anyHappenings, (happenings) => {
        const {
          runtime_resolution_ms: _,
          runtime_samples: __,
          ...earlier
        } = windowJson(windowOf(happenings));
        const window = read(earlier);
        expect(windowJson(window)).toEqual({
          ...earlier,
          runtime_resolution_ms: 1000,
          runtime_samples: [],
        });
      }),
    );
  });

  it('may have no times', () => {
    const { startMs, endMs } = read(windowJson(new Window(DEFAULT_LIMITS)));
    expect([startMs, endMs]).toEqual([Infinity, -Infinity]);
  });

  it('has every field of the stats', () => {
    const ownFields = Object.keys(new EndpointStats()).filter((name) => name !== 'sketch');
    const written = Object.keys(windowJson(new Window(DEFAULT_LIMITS)).other_users);
    const expected = ownFields.map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
    expect(written.sort()).toEqual([...expected, 'above_range', 'below_range', 'buckets'].sort());
  });
});

describe('JSON that is no window', () => {
  const good = windowJson(
    windowOf([
      { record: { ...REQUEST, durationMs: 2500 } },
      { record: REQUEST },
      { sample: SAMPLE },
      { runtime: aRuntimeSample() },
      { notMeasured: 'excluded /healthz', n: 3 },
    ]),
  );

  it.each<[string, unknown]>([
    ['null', null],
    ['a number', 1],
    ['a text', 'window'],
    ['a list', []],
    ['an empty object', {}],
    ['a field too many', { ...good, more: 1 }],
    ['a field too few', without(good, 'users')],
    ['no field but __proto__', JSON.parse(`{"__proto__": ${JSON.stringify(good)}}`)],
    ['a time that no date has', { ...good, start_ms: 1e300 }],
    ['a time as text', { ...good, end_ms: '60000' }],
    ['a fraction of a count', { ...good, invalid: 0.5 }],
    ['a negative count', { ...good, invalid: -1 }],
    ['a count past 2^53', { ...good, invalid: 2 ** 53 }],
    ['an endpoint that is none', { ...good, endpoints: [null] }],
    ['endpoints in an object', { ...good, endpoints: { length: 1, 0: good.endpoints[0] } }],
    ['a route that is far too long', changed(good, (endpoint) => ({ ...endpoint, route: 'x'.repeat(1025) }))],
    ['a route with half a character', changed(good, (endpoint) => ({ ...endpoint, route: '\ud800' }))],
    ['a bucket that is not there', withBuckets(good, [[1e6, 2]])],
    ['buckets that fall', withBuckets(good, [[5, 1], [4, 1]])], // biome-ignore format: pairs
    ['a bucket of three', withBuckets(good, [[5, 1, 1]])],
    ['buckets that count other requests', withBuckets(good, [[5, 1]])],
    ['an unknown resolution', { ...good, system_resolution_ms: 7 }],
    [
      'a slow request that is not slow',
      { ...good, slow_requests: [{ ...good.slow_requests[0], duration_ms: 2 }] },
    ],
    ['a sample below nothing', { ...good, system_samples: [{ ...good.system_samples[0], cpu_percent: -1 }] }],
    ['an unknown resolution of processes', { ...good, runtime_resolution_ms: 7 }],
    ['samples of processes without their resolution', without(good, 'runtime_resolution_ms')],
    [
      'a sample of a process below nothing',
      { ...good, runtime_samples: [{ ...good.runtime_samples[0], gc_count: -1 }] },
    ],
    [
      'a sample of a process that is none',
      { ...good, runtime_samples: [{ ...good.runtime_samples[0], samples: 0 }] },
    ],
    ['a kind that was never counted', { ...good, not_measured: { a: 0 } }],
  ])('is refused: %s', (_, json) => {
    expect(badDataOf(() => windowOfJson(json, DEFAULT_LIMITS))).toMatch(/^bad JSON/);
  });

  it('says where it is wrong', () => {
    const json = changed(good, (endpoint) => ({ ...endpoint, stats: { ...endpoint.stats, slow: 'many' } }));
    expect(badDataOf(() => windowOfJson(json, DEFAULT_LIMITS))).toBe(
      'bad JSON at endpoints[0].stats.slow: expected an integer from 0 to 2^53−1',
    );
  });

  it.each([
    'count',
    'client_errors',
    'slow',
    'satisfied',
    'min_us',
    'max_us',
    'sum_us',
    'below_range',
  ] as const)('is refused where %s contradicts the rest', (name) => {
    const json = changed(good, ({ stats, ...endpoint }) => ({
      ...endpoint,
      stats: { ...stats, [name]: name === 'max_us' ? 0 : 1e12 },
    }));
    expect(badDataOf(() => windowOfJson(json, DEFAULT_LIMITS))).toMatch(/contradict/);
  });

  it('is a window or bad data, whatever it is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(good)), fc.jsonValue(), (name, value) => {
        resultOrBadData(() => windowOfJson({ ...good, [name]: value }, DEFAULT_LIMITS));
        resultOrBadData(() => windowOfJson(value, DEFAULT_LIMITS));
      }),
      { numRuns: 1000 },
    );
  });

  it('may be as deep as JSON can be', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    expect(badDataOf(() => windowOfJson({ ...good, endpoints: deep }, DEFAULT_LIMITS))).toMatch(
      /endpoints\[0\]/,
    );
  });
});

function without(json: WindowJson, name: keyof WindowJson): unknown {
  const { [name]: _, ...rest } = json;
  return rest;
}

function changed(json: WindowJson, change: (endpoint: EndpointJson) => unknown): unknown {
  return { ...json, endpoints: json.endpoints.map(change) };
}

function withBuckets(json: WindowJson, buckets: unknown): unknown {
  return changed(json, ({ stats, ...endpoint }) => ({ ...endpoint, stats: { ...stats, buckets } }));
}

function factsOf(window: Window) {
  const { startMs, endMs, invalid, users } = window;
  return {
    startMs,
    endMs,
    invalid,
    notMeasured: window.notMeasured.entries(),
    endpoints: dumpOfTable(window.endpoints),
    users: [...users.entries()]
      .map(({ user, stats }) => ({ user, ...dumpOfStats(stats) }))
      .sort((a, b) => compareText(a.user, b.user)),
    others: dumpOfStats(users.others),
    slowRequests: window.slowRequests.list(),
    resolutionMs: window.systemSamples.resolutionMs,
    systemSamples: window.systemSamples.list(),
    runtimeResolutionMs: window.runtimeSamples.resolutionMs,
    runtimeSamples: window.runtimeSamples.list(),
  };
}
