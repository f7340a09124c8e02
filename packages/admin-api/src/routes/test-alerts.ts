import type { AlertsDesk } from '@tacho/alerts';
import { type Clock, MINUTE_MS, SECOND_MS } from '@tacho/core';
import { HttpProblem } from '../http-problem.ts';
import type { Handler } from './handler.ts';

/** Each one is a mail to people. */
const MAX_PER_MINUTE = 3;

export function testAlerts(
  alerts: Pick<AlertsDesk, 'test'>,
  clock: Pick<Clock, 'now'>,
): Handler<'testAlerts'> {
  let begunMs: readonly number[] = [];
  return async () => {
    const nowMs = clock.now();
    // What began later than now did so before the clock was set back.
    begunMs = begunMs.filter((ms) => ms > nowMs - MINUTE_MS && ms <= nowMs);
    const [oldestMs] = begunMs;
    if (oldestMs !== undefined && begunMs.length >= MAX_PER_MINUTE) {
      throw tooManyTests(oldestMs + MINUTE_MS - nowMs);
    }
    begunMs = [...begunMs, nowMs];
    const outcomes = await alerts.test();
    return {
      notifiers: outcomes.map(({ notifier, failure }) => ({
        notifier,
        sent: failure === undefined,
        failure: failure ?? null,
      })),
    };
  };
}

function tooManyTests(waitMs: number): HttpProblem {
  return new HttpProblem({
    status: 429,
    code: 'rate_limited',
    detail: `A test is sent ${MAX_PER_MINUTE} times a minute at most; Retry-After says in how many seconds the next may be.`,
    headers: { 'Retry-After': String(Math.ceil(waitMs / SECOND_MS)) },
  });
}
