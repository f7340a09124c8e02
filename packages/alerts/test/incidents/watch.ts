import { emptyMemory } from '../../src/alert-memory.ts';
import { tell } from '../../src/incidents.ts';
import type { AlertMessage } from '../../src/message.ts';
import type { Rule } from '../../src/rule.ts';
import { PastMemo } from '../../src/signals/past-memo.ts';
import { readRule } from '../../src/signals/read-rule.ts';
import { type RuleReadings, step } from '../../src/state.ts';
import type { Disturbance } from './disturbance.ts';
import { ReplayedPast } from './replayed-past.ts';
import { SLICE_MS, Traffic, type TrafficOptions } from './traffic.ts';

/** A Monday. */
export const FIRST_MS = Date.UTC(2025, 6, 14);

const TELLER = { service: 'shop', host: 'app-1' };

/** Whoever evaluates the rules: forgets all but what is stored when it is restarted. */
export class Watch {
  readonly messages: AlertMessage[] = [];
  readonly #rules: readonly Rule[];
  readonly #past: ReplayedPast;
  #memo: PastMemo;
  #memory = emptyMemory('a1b2c3d4');

  constructor(rules: readonly Rule[], past: ReplayedPast) {
    this.#rules = rules;
    this.#past = past;
    this.#memo = new PastMemo(past);
  }

  async evaluate(nowMs: number): Promise<void> {
    this.#memo.beginMoment();
    const found: RuleReadings[] = [];
    for (const rule of this.#rules) found.push({ rule, readings: await readRule(rule, this.#memo, nowMs) });
    const told = tell(step(this.#memory, found, nowMs), [], TELLER);
    this.#memory = told.memory;
    this.messages.push(...told.messages);
  }

  restart(): void {
    this.#memo = new PastMemo(this.#past);
    this.#memory = structuredClone(this.#memory);
  }
}

/** Days of traffic that nothing is done with. @param untilMs whole five minutes */
export function history(options: TrafficOptions, untilMs: number): ReplayedPast {
  const past = new ReplayedPast();
  const traffic = new Traffic(options);
  for (let atMs = FIRST_MS; atMs < untilMs; atMs += SLICE_MS) past.add(atMs, traffic.slice(atMs));
  return past;
}

export interface Replay extends TrafficOptions {
  readonly rules: readonly Rule[];
  /** What happened before `fromMs`; it is changed. */
  readonly past: ReplayedPast;
  readonly fromMs: number;
  readonly toMs: number;
  readonly incident?: {
    readonly startMs: number;
    readonly endMs: number;
    readonly disturbance: Disturbance;
    /** When the process that evaluates is away: it comes back with what was stored. */
    readonly away?: { readonly fromMs: number; readonly toMs: number };
  };
}

/** Evaluates each minute what is replayed. @returns what was told, in order */
export async function replay({
  rules,
  past,
  fromMs,
  toMs,
  incident,
  ...options
}: Replay): Promise<AlertMessage[]> {
  const traffic = new Traffic(options);
  const watch = new Watch(rules, past);
  for (let atMs = fromMs; atMs < toMs; atMs += SLICE_MS) {
    const isOn = incident !== undefined && atMs >= incident.startMs && atMs < incident.endMs;
    const disturbance = isOn ? incident.disturbance : {};
    past.add(atMs, traffic.slice(atMs, disturbance, isOn ? atMs - incident.startMs : 0));
    const nowMs = atMs + SLICE_MS;
    const away = incident?.away;
    if (away !== undefined && nowMs >= away.fromMs && nowMs < away.toMs) continue;
    if (nowMs === away?.toMs) watch.restart();
    await watch.evaluate(nowMs);
  }
  return watch.messages;
}
