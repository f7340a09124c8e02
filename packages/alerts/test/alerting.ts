import { MINUTE_MS, SECOND_MS } from '@tacho/core';
import { type AlertMemory, emptyMemory } from '../src/alert-memory.ts';
import type { Silence } from '../src/desk.ts';
import { tell } from '../src/incidents.ts';
import type { AlertMessage } from '../src/message.ts';
import type { Reading } from '../src/reading.ts';
import type { Rule } from '../src/rule.ts';
import { type RuleReadings, step } from '../src/state.ts';

export const NOON_MS = Date.UTC(2026, 0, 15, 12);
export const EVERY_MS = 30 * SECOND_MS;
export const TELLER = { service: 'shop', host: 'a' };

export function ruleOf(
  name: string,
  given: Partial<Pick<Rule, 'severity' | 'holdMs' | 'keepFiringMs'>> = {},
): Rule {
  return {
    name,
    kind: 'error-rate',
    scope: 'each',
    errors: 'all',
    overPercent: 10,
    windowMs: 5 * MINUTE_MS,
    minRequests: 20,
    holdMs: MINUTE_MS,
    keepFiringMs: 10 * MINUTE_MS,
    severity: 'critical',
    ...given,
  };
}

export function readingOf(subject: string, given: Partial<Reading> = {}): Reading {
  return {
    subject,
    isBreached: true,
    value: 20,
    threshold: 10,
    unit: 'percent',
    requests: 100,
    causes: [],
    ...given,
  };
}

/** What breaches: a rule and subjects. Rules that are not in it are read, and hold of nothing. */
export type Breaches = Readonly<Record<string, readonly string[]>>;

/** Evaluates rules each 30 seconds of a clock of its own, and collects what is told. */
export class Watch {
  readonly rules: readonly Rule[];
  readonly messages: AlertMessage[] = [];
  silences: readonly Silence[] = [];
  memory: AlertMemory = emptyMemory('seed0000');
  nowMs = NOON_MS;

  constructor(rules: readonly Rule[]) {
    this.rules = rules;
  }

  /** One evaluation, `afterMs` after the last. @returns what is told */
  see(breaches: Breaches, afterMs = EVERY_MS): readonly AlertMessage[] {
    this.nowMs += afterMs;
    return this.evaluate(
      this.rules.map((rule) => ({
        rule,
        readings: (breaches[rule.name] ?? []).map((subject) => readingOf(subject)),
      })),
    );
  }

  evaluate(found: readonly RuleReadings[]): readonly AlertMessage[] {
    const told = tell(step(this.memory, found, this.nowMs), this.silences, TELLER);
    this.memory = told.memory;
    this.messages.push(...told.messages);
    return told.messages;
  }

  /** As `see`, again and again for this long. */
  seeFor(durationMs: number, breaches: Breaches): readonly AlertMessage[] {
    const messages: AlertMessage[] = [];
    for (let passedMs = 0; passedMs < durationMs; passedMs += EVERY_MS) messages.push(...this.see(breaches));
    return messages;
  }

  silence(given: Partial<Pick<Silence, 'rule' | 'subject'>>, durationMs: number): void {
    const silence: Silence = {
      id: `silence${this.silences.length}`.padEnd(12, '0'),
      rule: undefined,
      subject: undefined,
      startedMs: this.nowMs,
      untilMs: this.nowMs + durationMs,
      by: 'somebody',
      comment: '',
      ...given,
    };
    this.silences = [...this.silences, silence];
  }

  /** Rules, subjects and states of what is tracked. */
  get states(): readonly string[] {
    return [...this.memory.alerts.values()].map(({ rule, subject, state }) => `${rule} ${subject} ${state}`);
  }
}
