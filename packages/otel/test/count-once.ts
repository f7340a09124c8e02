import { expect, it } from '@jest/globals';
import { child } from './child.ts';

/** What `children/service.ts` sends and gets, as it is to be counted. */
export const LINES = [
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

/** How spans are made, how the application is loaded, when, and the sampler. */
export type Start = readonly [
  mode: 'lean' | 'standard',
  how: 'import' | 'require',
  when: 'before' | 'after',
  sampler: string,
];

/** One that starts telemetry, and measures requests of its own. */
export function countOnce(starts: readonly Start[]): void {
  it.concurrent.each(starts)('%s: loaded by %s %s it, sampled by %s', async (mode, how, when, sampler) => {
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
}
