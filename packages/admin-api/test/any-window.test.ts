import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Validator,
  validateEndpoints,
  validateReview,
  validateSlowRequests,
  validateSummary,
  validateSystemMetrics,
  validateTrends,
} from '@tacho/api-contract';
import { OUTCOMES, OVERFLOW_ROUTE, Window } from '@tacho/core';
import fc from 'fast-check';
import { aRequest, aRuntimeSample, aSample, historyOf, NOW_MS, type Served, serve } from './served.ts';

const anyNumber = fc.oneof(fc.double({ min: 0, max: 100_000, noNaN: true }), fc.double());
const anyText = fc.oneof(
  fc.constantFrom('/', '__proto__', 'constructor', OVERFLOW_ROUTE),
  fc.string({ unit: 'binary' }),
);

const anyRequest = fc
  .record({
    startMs: fc.oneof(fc.constant(NOW_MS), fc.double({ min: 0, max: 8.64e15, noNaN: true })),
    durationMs: anyNumber,
    method: fc.oneof(fc.constantFrom('GET', '_OTHER'), anyText),
    route: anyText,
    status: fc.oneof(fc.integer({ min: 100, max: 599 }), fc.double()),
    outcome: fc.constantFrom(...OUTCOMES),
    user: fc.option(fc.string({ unit: 'binary' }), { nil: undefined }),
    traceId: fc.option(fc.string({ unit: 'binary' }), { nil: undefined }),
  })
  .map(aRequest);

const anySample = fc
  .record({
    timestampMs: fc.oneof(fc.constant(NOW_MS), anyNumber),
    cpuPercent: fc.option(anyNumber),
    memoryPercent: fc.option(anyNumber),
    memoryAvailableBytes: fc.option(anyNumber),
    diskPercent: fc.option(anyNumber),
    diskFreeBytes: fc.option(anyNumber),
  })
  .map(aSample);

const anyRuntimeSample = fc
  .record({
    timestampMs: fc.oneof(fc.constant(NOW_MS), anyNumber),
    pid: fc.nat(3),
    intervalUs: fc.maxSafeNat(),
    cpuUs: fc.maxSafeNat(),
    loopActiveUs: fc.maxSafeNat(),
    processors: fc.nat(3),
    heapUsedBytes: fc.maxSafeNat(),
    gcCount: fc.maxSafeNat(),
    loopDelayMaxUs: fc.maxSafeNat(),
  })
  .map(aRuntimeSample);

const anyWindow = fc
  .record({
    requests: fc.array(anyRequest, { maxLength: 40 }),
    samples: fc.array(anySample, { maxLength: 10 }),
    ofProcesses: fc.array(anyRuntimeSample, { maxLength: 10 }),
    kinds: fc.array(anyText, { maxLength: 5 }),
    limits: fc.record({
      maxEndpoints: fc.integer({ min: 1, max: 20 }),
      maxSlowRequests: fc.integer({ min: 1, max: 20 }),
      maxSystemSamples: fc.integer({ min: 1, max: 20 }),
      maxRuntimeSamples: fc.integer({ min: 1, max: 20 }),
      maxUsers: fc.integer({ min: 1, max: 20 }),
    }),
  })
  .map(({ requests, samples, ofProcesses, kinds, limits }) => {
    const window = new Window(limits, NOW_MS - 60_000, NOW_MS);
    for (const request of requests) window.record(request);
    for (const sample of samples) window.addSample(sample);
    for (const sample of ofProcesses) window.addRuntimeSample(sample);
    for (const kind of kinds) window.notMeasured.count(kind, 1);
    return window;
  });

/** The names that a record of valibot leaves out as unsafe; as kinds of requests not measured they can't occur. */
const UNSAFE_KINDS = ['__proto__', 'prototype', 'constructor'];

const answers: [path: string, validate: Validator<unknown>][] = [
  ['/summary', validateSummary],
  ['/endpoints', validateEndpoints],
  ['/slow-requests?limit=1000', validateSlowRequests],
  ['/system-metrics', validateSystemMetrics],
  ['/summary?compare=previous', validateSummary],
  ['/trends?hours=1&compare=previous', validateTrends],
  ['/review?current=true', validateReview],
];

let served: Served;
let window: Window;
beforeAll(async () => {
  served = await serve({
    history: {
      window: (fromMs, toMs) => historyOf(window).window(fromMs, toMs),
      series: (query) => historyOf(window).series(query),
    },
  });
});
afterAll(() => served.close());

describe('whatever was measured', () => {
  it.each(answers)('%s keeps the contract', async (path, validate) => {
    await fc.assert(
      fc.asyncProperty(anyWindow, async (anyOne) => {
        window = anyOne;
        const answer = await served.get(path);
        const body = (await answer.json()) as { not_measured?: Record<string, number> };
        for (const kind of UNSAFE_KINDS) if (body.not_measured) delete body.not_measured[kind];
        expect(validate(body)).toEqual({ ok: true, value: body });
      }),
    );
  });

  it('each endpoint of the list answers for itself with the same figures', async () => {
    await fc.assert(
      fc.asyncProperty(anyWindow, async (anyOne) => {
        window = anyOne;
        const all = (await (await served.get('/endpoints')).json()) as Record<string, unknown>;
        for (const [name, figures] of Object.entries(all)) {
          const one = await served.get(`/endpoints/${encodeURIComponent(name)}`);
          expect(await one.json()).toEqual({ [name]: figures });
        }
      }),
      { numRuns: 20 },
    );
  });
});
