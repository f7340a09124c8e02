import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { DEFAULT_LIMITS, Window } from '@tacho/core';
import { factLine } from '../../src/tools/export-format.ts';
import { runtimeSampleAt } from '../rows/plain-rows.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../../../docs/export-format.md'), 'utf8');

it('docs/export-format.md names every field of an export', () => {
  const window = new Window(DEFAULT_LIMITS, 0, 60_000);
  window.record({
    startMs: 0,
    durationMs: 2500,
    method: 'GET',
    route: '/',
    status: 200,
    outcome: 'completed',
    user: 'k1-aa',
    traceId: undefined,
  });
  window.addRuntimeSample(runtimeSampleAt(30_000));
  const sources = [{ writer: 'w', first: 0, last: 0 }];
  const fact = JSON.parse(factLine({ minuteMs: 0, spanMs: 60_000, level: 1, sources, window }));
  const { endpoints, slow_requests, users, runtime_samples } = fact.window;
  const names = [
    fact,
    fact.window,
    endpoints[0],
    endpoints[0].stats,
    slow_requests[0],
    users[0],
    runtime_samples[0],
  ].flatMap(Object.keys);
  expect(names.filter((name) => !PAGE.includes(`\`${name}\``) && !PAGE.includes(`"${name}"`))).toEqual([]);
});
