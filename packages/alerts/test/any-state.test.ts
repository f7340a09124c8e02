import { describe, expect, it } from '@jest/globals';
import { MINUTE_MS } from '@tacho/core';
import fc from 'fast-check';
import { emptyMemory } from '../src/alert-memory.ts';
import { decodeMemory, encodeMemory } from '../src/memory-text.ts';
import type { AlertMessage } from '../src/message.ts';
import type { Rule } from '../src/rule.ts';
import { type Breaches, ruleOf, TELLER, Watch } from './alerting.ts';

const RULES: readonly Rule[] = [
  ruleOf('held', { holdMs: MINUTE_MS, keepFiringMs: 2 * MINUTE_MS }),
  ruleOf('at-once', { holdMs: 0, keepFiringMs: 0, severity: 'warning' }),
  ruleOf('long', { holdMs: 2 * MINUTE_MS, keepFiringMs: 10 * MINUTE_MS, severity: 'warning' }),
];
const RULE_BY_NAME = new Map(RULES.map((rule) => [rule.name, rule]));
const SUBJECTS = ['all', 'GET /a', 'GET /b', 'host'];

interface Step {
  readonly breaches: Breaches;
  readonly afterMs: number;
}

/** A step is repeated, so that something holds; the clock mostly goes as it should. */
const anySteps: fc.Arbitrary<readonly Step[]> = fc
  .array(
    fc.record({
      breaches: fc.record({
        held: fc.subarray(SUBJECTS),
        'at-once': fc.subarray(SUBJECTS),
        long: fc.subarray(SUBJECTS),
      }),
      times: fc.integer({ min: 1, max: 8 }),
      afterMs: fc.oneof(
        { weight: 8, arbitrary: fc.constant(30_000) },
        { weight: 1, arbitrary: fc.integer({ min: 0, max: 120_000 }) },
        { weight: 1, arbitrary: fc.integer({ min: -(10 ** 10), max: 10 ** 10 }) },
      ),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) =>
    parts.flatMap(({ breaches, times, afterMs }) =>
      Array.from({ length: times }, (_, index) => ({ breaches, afterMs: index === 0 ? afterMs : 30_000 })),
    ),
  );

function watched(steps: readonly Step[], each?: (watch: Watch, step: Step) => void): Watch {
  const watch = new Watch(RULES);
  for (const step of steps) {
    watch.see(step.breaches, step.afterMs);
    each?.(watch, step);
  }
  return watch;
}

function rulesOf({ alerts }: AlertMessage): string[] {
  return [...new Set(alerts.map(({ rule }) => rule))];
}

/** A run is some hundred looks. */
const RUNS = { numRuns: 40 };

describe('whatever is read, in whatever order', () => {
  it('a restart at any point changes nothing', () => {
    fc.assert(
      fc.property(anySteps, fc.nat(), (steps, at) => {
        const restarted = watched(steps, (watch) => {
          if (watch.memory.steadyMs % 7 !== at % 7) return;
          watch.memory = decodeMemory(encodeMemory(watch.memory).text) ?? emptyMemory('lost0000');
        });
        const went = watched(steps);
        expect(restarted.messages).toEqual(went.messages);
        expect(restarted.memory).toEqual(went.memory);
      }),
      RUNS,
    );
  });

  it('nothing fires before it has held, and nothing that held at the last look is resolved', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const heldMs = new Map<string, number>();
        watched(steps, (watch, { breaches, afterMs }) => {
          const isInTime = Math.abs(afterMs - 30_000) <= 2000;
          const passedMs = isInTime || afterMs > 2 * MINUTE_MS ? 30_000 : Math.max(0, afterMs);
          for (const rule of RULES) {
            for (const subject of SUBJECTS) {
              const key = `${rule.name} ${subject}`;
              const alert = watch.memory.alerts.get(key);
              const isHeld = breaches[rule.name]?.includes(subject) === true;
              const before = heldMs.get(key);
              if (isHeld) heldMs.set(key, before === undefined ? 0 : before + passedMs);
              if (alert?.state === 'firing' && alert.firedMs === watch.nowMs && afterMs > 0)
                expect(heldMs.get(key)).toBeGreaterThanOrEqual(RULE_BY_NAME.get(rule.name)?.holdMs ?? 0);
              if (isHeld) expect(alert?.state).not.toBe('resolved');
              else heldMs.delete(key);
            }
          }
        });
      }),
      RUNS,
    );
  });

  it('each firing ends once at most, and what ended had fired', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const firing = new Set<string>();
        watched(steps, ({ memory }) => {
          for (const [key, { state }] of memory.alerts) {
            if (state === 'firing') firing.add(key);
            if (state === 'resolved') expect(firing.delete(key)).toBe(true);
          }
          for (const key of firing) expect(memory.alerts.get(key)?.state).toBe('firing');
        });
      }),
      RUNS,
    );
  });

  it('an incident is told once when it begins, once more where it got worse, and once when it is over', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const { messages, memory } = watched(steps);
        const ids = messages.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const id of ids) {
          const [, incident = '', what] = /^(.*)-([a-z]+)$/.exec(id) ?? [];
          if (what !== 'firing') expect(ids.indexOf(`${incident}-firing`)).toBeLessThan(ids.indexOf(id));
          if (what !== 'firing') expect(ids).toContain(`${incident}-firing`);
          const isOpen = memory.incidents.some((open) => open.id === incident);
          expect(ids.includes(`${incident}-resolved`)).toBe(!isOpen);
        }
      }),
      RUNS,
    );
  });

  it('no rule is in more than one message in five minutes that were watched', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const toldMs = new Map<string, number>();
        let seen = 0;
        watched(steps, ({ messages, memory }) => {
          for (const message of messages.slice(seen)) {
            for (const rule of rulesOf(message)) {
              expect(memory.steadyMs - (toldMs.get(rule) ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(
                5 * MINUTE_MS,
              );
              toldMs.set(rule, memory.steadyMs);
            }
          }
          seen = messages.length;
        });
      }),
      RUNS,
    );
  });

  it('everybody who is told is told who it is about', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        for (const message of watched(steps).messages) {
          expect(message).toMatchObject(TELLER);
          expect(message.alerts.length).toBeGreaterThan(0);
          expect(message.startedMs).toBeLessThanOrEqual(
            Math.min(...message.alerts.map((alert) => alert.startedMs)),
          );
        }
      }),
      RUNS,
    );
  });
});
