import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { DEFAULT_HEALTH_THRESHOLDS, DEFAULT_LIMITS, MINUTE_MS, Window } from '@tacho/core';
import { MemoryState } from '@tacho/store';
import { Evaluation } from '../src/evaluation.ts';
import { KeptMemory } from '../src/kept-memory.ts';
import { KeptSilences } from '../src/kept-silences.ts';
import type { AlertMessage } from '../src/message.ts';
import type { Notifier } from '../src/notify/notifier.ts';
import { Outbox } from '../src/notify/outbox.ts';
import { defaultRules } from '../src/rules/default-rules.ts';
import { PastMemo } from '../src/signals/past-memo.ts';
import { readRule } from '../src/signals/read-rule.ts';
import { EVERY_MS, NOON_MS, TELLER } from './alerting.ts';
import { ManualClock } from './manual-clock.ts';

const ENDPOINTS = 10_000;
const LIMITS = { ...DEFAULT_LIMITS, maxEndpoints: 2 * ENDPOINTS };

/** Each endpoint fails, and takes six seconds, for twenty users. */
function brokenWindow(): Window {
  const window = new Window(LIMITS, NOON_MS, NOON_MS + MINUTE_MS, { host: 'a', version: '2.0.0' });
  for (let endpoint = 0; endpoint < ENDPOINTS; endpoint++) {
    for (let times = 0; times < 20; times++) {
      window.record({
        startMs: NOON_MS + times,
        durationMs: 6000,
        method: 'GET',
        route: `/endpoint-${endpoint}`,
        status: 500,
        outcome: 'completed',
        user: undefined,
        traceId: undefined,
      });
    }
  }
  return window;
}

/** The longest that the event loop was not free while `work` went on, in milliseconds. */
async function longestHold(work: Promise<unknown>): Promise<number> {
  let isOver = false;
  const over = work.finally(() => {
    isOver = true;
  });
  let longestMs = 0;
  for (let lastMs = performance.now(); !isOver; ) {
    await turn();
    const nowMs = performance.now();
    longestMs = Math.max(longestMs, nowMs - lastMs);
    lastMs = nowMs;
  }
  await over;
  return longestMs;
}

describe('where ten thousand endpoints fail and are slow at once', () => {
  const window = brokenWindow();
  const answer = {
    window,
    fromMs: NOON_MS,
    toMs: NOON_MS + MINUTE_MS,
    resolution: 'minute' as const,
    skippedRows: 0,
    partial: false,
  };

  it('somebody is told once, of the worst, and nothing is held up', async () => {
    const clock = new ManualClock(NOON_MS + MINUTE_MS);
    const messages: AlertMessage[] = [];
    const notifier: Notifier = {
      name: 'log',
      limitMs: 1000,
      send: async (message) => void messages.push(message),
    };
    const errors: unknown[] = [];
    const state = new MemoryState({ clock });
    const evaluation = new Evaluation({
      rules: defaultRules(DEFAULT_HEALTH_THRESHOLDS),
      readRule,
      past: new PastMemo({ window: async () => answer }),
      memory: new KeptMemory(state, () => 'seed0000'),
      silences: new KeptSilences(state),
      sender: new Outbox({
        notifiers: [notifier],
        clock,
        random: () => 0,
        unobserved: (work) => work(),
        onLost: () => {},
      }),
      teller: TELLER,
      clock,
      onError: (_what, error) => errors.push(error),
    });
    const holdsMs: number[] = [];
    for (let looks = 0; looks < 6; looks++) {
      holdsMs.push(await longestHold(evaluation.evaluateIfDue()));
      clock.advance(EVERY_MS);
    }
    process.stdout.write(`held for at most, in ms: ${holdsMs.map(Math.round).join(' ')}\n`);
    expect(errors).toEqual([]);
    expect(messages.map(({ id }) => id)).toEqual(['seed0000-1-firing', 'seed0000-1-escalated']);
    const rulesTold = messages.flatMap(({ alerts }) => [...new Set(alerts.map(({ rule }) => rule))]);
    expect(new Set(rulesTold).size).toBe(rulesTold.length);
    expect(Math.max(...holdsMs)).toBeLessThan(1000);
  });
});
