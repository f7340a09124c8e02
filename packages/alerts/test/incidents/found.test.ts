import { beforeAll, describe, expect, it } from '@jest/globals';
import { DAY_MS, DEFAULT_HEALTH_THRESHOLDS } from '@tacho/core';
import { defaultRules } from '../../src/rules/default-rules.ts';
import { type Run, runAll, textOf } from './run.ts';
import { FIRST_MS, history, replay } from './watch.ts';

const OPTIONS = { seed: 3, peakPerMinute: 120, rules: defaultRules(DEFAULT_HEALTH_THRESHOLDS) };

describe('twenty incidents of a service, and a day without one', () => {
  let quiet: readonly string[] = [];
  let runs: readonly Run[] = [];

  beforeAll(async () => {
    const dayMs = FIRST_MS + DAY_MS;
    const past = history(OPTIONS, dayMs);
    const messages = await replay({ ...OPTIONS, past, fromMs: dayMs, toMs: dayMs + DAY_MS });
    quiet = messages.map(textOf);
    runs = await runAll({ ...OPTIONS, past, dayMs, afterMs: 0 });
  }, 120_000);

  it('tells nothing on the day without one', () => {
    expect(quiet).toEqual([]);
  });

  it('finds every incident, and soon if it does not begin slowly', () => {
    const slow = ['a latency leaks', 'the disk fills'];
    expect(runs).toHaveLength(20);
    expect(runs.filter(({ toldAfterMinutes }) => toldAfterMinutes === undefined)).toEqual([]);
    expect(runs.filter((run) => !slow.includes(run.name) && (run.toldAfterMinutes ?? 0) > 20)).toEqual([]);
  });

  it('tells of each once while it lasts', () => {
    expect(runs.filter(({ messages }) => messages > 1)).toEqual([]);
  });

  it('names the true cause first', () => {
    const wrong = runs.filter(({ isCauseFirst }) => !isCauseFirst);
    expect({ wrong, isEnough: wrong.length <= 2 }).toMatchObject({ isEnough: true });
  });
});
