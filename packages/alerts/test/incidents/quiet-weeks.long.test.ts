import { describe, expect, it } from '@jest/globals';
import { DAY_MS, DEFAULT_HEALTH_THRESHOLDS, HOUR_MS } from '@tacho/core';
import { burnRateRules, defaultRules } from '../../src/rules/default-rules.ts';
import { ReplayedPast } from './replayed-past.ts';
import { runAll, textOf } from './run.ts';
import { FIRST_MS, replay } from './watch.ts';

const RULES = [
  ...defaultRules(DEFAULT_HEALTH_THRESHOLDS),
  ...burnRateRules({ name: 'slo', objective: 99, endpoint: 'all' }),
];

/**
 * A service with little traffic, one with some, one with much. The first has endpoints with fewer requests than any rule
 * asks for, and by night it has no others; and what is few errors to one rule is none yet to the next, so that a warning may
 * become critical after it was told, which is a third message.
 */
const SERVICES = [
  { seed: 11, peakPerMinute: 60, leastFound: 17, mostToldThrice: 1 },
  { seed: 12, peakPerMinute: 250, leastFound: 20, mostToldThrice: 0 },
  { seed: 13, peakPerMinute: 600, leastFound: 20, mostToldThrice: 0 },
];

describe.each(SERVICES)('a service with $peakPerMinute requests a minute', (service) => {
  it(
    'is silent for seven days without an incident, and on the eighth is found out in twenty',
    async () => {
      const { leastFound, mostToldThrice, ...traffic } = service;
      const options = { ...traffic, rules: RULES };
      const past = new ReplayedPast();
      const lastMs = FIRST_MS + 7 * DAY_MS;
      const quiet = await replay({ ...options, past, fromMs: FIRST_MS, toMs: lastMs });
      const before = await replay({ ...options, past, fromMs: lastMs, toMs: lastMs + DAY_MS });
      const runs = await runAll({ ...options, past, dayMs: lastMs, afterMs: 2 * HOUR_MS });
      const told = runs.filter(({ toldAfterMinutes }) => toldAfterMinutes !== undefined);
      const right = runs.filter(({ isCauseFirst }) => isCauseFirst);
      const more = runs.filter(({ messages }) => messages > 2);
      const delays = told.map(({ toldAfterMinutes }) => toldAfterMinutes ?? 0).sort((a, b) => a - b);
      console.log(
        `${service.peakPerMinute} a minute: ${quiet.length + before.length} messages in 8 quiet days, ` +
          `${told.length} of ${runs.length} found after ${delays[delays.length >> 1]} minutes (median), ` +
          `the cause first in ${right.length}, more than two messages in ${more.length}`,
      );
      expect([...quiet, ...before].map(textOf)).toEqual([]);
      expect(told.length).toBeGreaterThanOrEqual(leastFound);
      expect({ more, isFew: more.length <= mostToldThrice }).toMatchObject({ isFew: true });
      expect(runs.filter(({ messages }) => messages > 3)).toEqual([]);
      expect({
        wrong: told.filter((run) => !right.includes(run)),
        isEnough: right.length >= 0.9 * told.length,
      }).toMatchObject({
        isEnough: true,
      });
    },
    20 * 60_000,
  );
});
