import { describe, expect, it } from '@jest/globals';
import { child } from './child.ts';

/** What `children/service.ts` sends and gets, as it is to be counted. */
const LINES = [
  'GET /api/boom 500 completed',
  'GET /api/events 200 streamed',
  'GET /api/stalls 404 aborted',
  ...new Array<string>(7).fill('GET /api/users/:id 200 completed'),
  'GET /called 200 completed',
  'GET /fails 200 completed',
  'GET /socket 101 streamed',
  'GET /throws 500 completed',
  'GET /{name}/{id} 404 completed',
  'HEAD /api/users/:id 200 completed',
];

describe('with telemetry started, real requests of a Koa application are each counted once', () => {
  it.concurrent.each([
    ['lean', 'import', 'before', 'always_off'],
    ['lean', 'import', 'after', ''],
    ['lean', 'require', 'before', 'parentbased_always_off'],
    ['lean', 'require', 'after', 'traceidratio'],
    ['standard', 'import', 'before', 'parentbased_always_on'],
    ['standard', 'import', 'after', 'always_off'],
    ['standard', 'require', 'before', 'traceidratio'],
    ['standard', 'require', 'after', 'parentbased_always_off'],
  ])('%s: loaded by %s %s it, sampled by %s', async (mode, how, when, sampler) => {
    const environment = { OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: '0.01' };
    const counted = await child('service.ts', [mode, how, when], environment);
    expect(counted).toEqual({
      lines: LINES,
      users: ['pseudonym of user 17'],
      tracesOfHandlers: ['0', '1', '2', '3', '4', '5', '6', 'head'].map((n) => [n, true]),
      inCallersTrace: 3,
      withoutTrace: ['/socket'],
      secrets: false,
      names: [
        'GET /api/users/:id, /api/users/:id',
        'HEAD /api/users/:id, /api/users/:id',
        // A template learned from URLs is the statistics' own: it is in no span.
        'GET, no route',
      ],
      notMeasured: { 'excluded /healthz': 1 },
      otherSpans: 0,
      warnings: [],
    });
  });

  it.concurrent.each([
    ['standard, and the SDK is switched off', 'standard', { OTEL_SDK_DISABLED: 'true' }],
    ['off', 'off', {}],
  ])('also where there are no spans: %s', async (_what, mode, environment) => {
    const counted = await child('service.ts', [mode, 'import', 'after'], environment);
    expect(counted).toMatchObject({
      lines: LINES,
      inCallersTrace: 0,
      names: [],
      notMeasured: { 'excluded /healthz': 1 },
      otherSpans: 0,
      warnings: [],
    });
  });
});
