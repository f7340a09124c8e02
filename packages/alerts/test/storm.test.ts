import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { DEFAULT_HEALTH_THRESHOLDS, DEFAULT_LIMITS, MINUTE_MS, Window } from '@tacho/core';
import { ManualClock } from '@tacho/core/manual-clock';
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

/** The most that this process worked in one turn of the event loop while `work` went on, in milliseconds of a core. */
async function longestTurn(work: Promise<unknown>): Promise<number> {
  let isOver = false;
  const over = work.finally(() => {
    isOver = true;
  });
  let longestUs = 0;
  for (let before = process.cpuUsage(); !isOver; before = process.cpuUsage()) {
    await turn();
    const { user, system } = process.cpuUsage(before);
    longestUs = Math.max(longestUs, user + system);
  }
  await over;
  return longestUs / 1000;
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
      rules: defaultRules(DEFAULT_HEALTH_THRESHOLDS).map((rule) => ({ ...rule, holdMs: 0 })),
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
    const turnsMs: number[] = [];
    for (let looks = 0; looks < 3; looks++) {
      turnsMs.push(await longestTurn(evaluation.evaluateIfDue()));
      clock.advance(EVERY_MS);
    }
    process.stdout.write(`the longest turns, in ms: ${turnsMs.map(Math.round).join(' ')}\n`);
    expect(errors).toEqual([]);
    expect(messages.map(({ id }) => id)).toEqual(['seed0000-1-firing']);
    expect(messages[0]?.more).toBe(2 * ENDPOINTS + 1 - 20);
    expect(Math.max(...turnsMs)).toBeLessThan(500);
  });
});
