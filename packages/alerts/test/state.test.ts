import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@tacho/core';
import { MAX_ALERTS_OF_RULE, step } from '../src/state.ts';
import { EVERY_MS, readingOf, ruleOf, Watch } from './alerting.ts';

const RULE = ruleOf('errors', { holdMs: MINUTE_MS, keepFiringMs: 2 * MINUTE_MS });
const HELD = { errors: ['GET /x'] };

describe('an alert', () => {
  it('is pending, then firing once it has held, then resolved once it has not, and then nothing', () => {
    const watch = new Watch([RULE]);
    const seen = [HELD, HELD, HELD, {}, {}, {}, {}, {}].map((breaches) => {
      watch.see(breaches);
      return watch.states;
    });
    const [pending, firing, resolved] = ['pending', 'firing', 'resolved'].map((state) => [
      `errors GET /x ${state}`,
    ]);
    expect(seen).toEqual([pending, pending, firing, firing, firing, firing, resolved, []]);
    expect(watch.memory.recent).toHaveLength(1);
    expect(watch.memory.recent[0]).toMatchObject({ state: 'resolved', resolvedMs: watch.nowMs - EVERY_MS });
  });

  it('fires at once where nothing is to be held', () => {
    const watch = new Watch([ruleOf('errors', { holdMs: 0 })]);
    watch.see(HELD);
    expect(watch.states).toEqual(['errors GET /x firing']);
  });

  it('begins anew where it did not hold once while it was pending', () => {
    const watch = new Watch([RULE]);
    for (const breaches of [HELD, HELD, {}, HELD, HELD]) watch.see(breaches);
    expect(watch.states).toEqual(['errors GET /x pending']);
  });

  it('goes on firing where it comes and goes', () => {
    const watch = new Watch([RULE]);
    watch.seeFor(2 * MINUTE_MS, HELD);
    for (let times = 0; times < 20; times++) {
      watch.seeFor(90 * SECOND_MS, {});
      watch.see(HELD);
    }
    expect(watch.states).toEqual(['errors GET /x firing']);
    expect(watch.memory.recent).toEqual([]);
  });

  it.each([DAY_MS, -DAY_MS, 3650 * DAY_MS, 3 * MINUTE_MS])(
    'neither fires nor is resolved because the clock was set by %d ms',
    (jumpMs) => {
      const watch = new Watch([ruleOf('errors', { holdMs: HOUR_MS }), ruleOf('fires', { holdMs: 0 })]);
      watch.see({ ...HELD, fires: ['GET /x'] });
      watch.see(HELD, jumpMs);
      watch.see(HELD);
      expect(watch.states).toEqual(['errors GET /x pending', 'fires GET /x firing']);
    },
  );

  it('stays as it is while its rule cannot be read, however long', () => {
    const watch = new Watch([RULE]);
    watch.seeFor(2 * MINUTE_MS, HELD);
    for (let times = 0; times < 100; times++) {
      watch.nowMs += EVERY_MS;
      watch.evaluate([{ rule: RULE, readings: undefined }]);
    }
    expect(watch.states).toEqual(['errors GET /x firing']);
    watch.seeFor(90 * SECOND_MS, {});
    expect(watch.states).toEqual(['errors GET /x firing']);
  });

  it('of a rule that there is no more is resolved, as one that no longer holds', () => {
    const watch = new Watch([RULE]);
    watch.seeFor(2 * MINUTE_MS, HELD);
    for (let times = 0; times < 20; times++) {
      watch.nowMs += EVERY_MS;
      watch.evaluate([]);
    }
    expect(watch.memory.recent).toMatchObject([{ rule: 'errors', subject: 'GET /x', state: 'resolved' }]);
  });
});

describe('of more subjects than can be tracked', () => {
  const readings = Array.from({ length: 10_000 }, (_, index) =>
    readingOf(`GET /${index}`, { value: 10 + ((index * 7919) % 10_000) }),
  );
  const rule = ruleOf('errors', { holdMs: 0 });

  it('the worst are tracked and the rest is counted', () => {
    const watch = new Watch([rule]);
    watch.evaluate([{ rule, readings }]);
    expect(watch.memory.alerts.size).toBe(MAX_ALERTS_OF_RULE);
    expect(watch.memory.untracked.get('errors')).toBe(9500);
    const least = Math.min(...[...watch.memory.alerts.values()].map(({ value }) => value));
    expect(least).toBe(10 + 9500);
  });

  it('those that are tracked stay, whatever comes', () => {
    const watch = new Watch([rule]);
    watch.evaluate([{ rule, readings: readings.slice(0, MAX_ALERTS_OF_RULE) }]);
    const before = watch.states;
    watch.nowMs += EVERY_MS;
    watch.evaluate([{ rule, readings }]);
    expect(watch.states).toEqual(before);
  });

  it('takes no more than a moment to step', () => {
    const rules = ['a', 'b', 'c', 'd'].map((name) => ruleOf(name, { holdMs: 0 }));
    const watch = new Watch(rules);
    const startedMs = performance.now();
    step(
      watch.memory,
      rules.map((each) => ({ rule: each, readings })),
      watch.nowMs,
    );
    expect(performance.now() - startedMs).toBeLessThan(500);
  });
});
