import { HOUR_MS, MINUTE_MS } from '@tacho/core';
import type { AlertMessage } from '../../src/message.ts';
import type { ReplayedPast } from './replayed-past.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';
import { type Replay, replay } from './watch.ts';

/** What came of an incident. */
export interface Run {
  readonly name: string;
  /** After how many minutes it was told; undefined where it never was. */
  readonly toldAfterMinutes: number | undefined;
  readonly messages: number;
  readonly isCauseFirst: boolean;
  /** For people who look why. */
  readonly told: readonly string[];
}

interface Runs extends Pick<Replay, 'seed' | 'peakPerMinute' | 'rules'> {
  /** What happened up to the end of the day, which nothing happened on. */
  readonly past: ReplayedPast;
  readonly dayMs: number;
  /** For how long somebody goes on watching. */
  readonly afterMs: number;
}

/** Each scenario in a day of its own, which is as `past` has it until a quarter of an hour before. */
export async function runAll({ past, dayMs, afterMs, ...options }: Runs): Promise<Run[]> {
  const runs: Run[] = [];
  for (const [place, scenario] of SCENARIOS.entries()) {
    const fromMs = dayMs + beginsAt(scenario, place + options.seed);
    const startMs = fromMs + 15 * MINUTE_MS;
    const endMs = startMs + scenario.lastsMs;
    const away = scenario.isWatchedByAnother && {
      fromMs: startMs + 8 * MINUTE_MS,
      toMs: startMs + 13 * MINUTE_MS,
    };
    const messages = await replay({
      ...options,
      course: place + 1,
      past: past.upTo(fromMs),
      fromMs,
      toMs: endMs + afterMs,
      incident: { startMs, endMs, disturbance: scenario.disturbance, ...(away ? { away } : {}) },
    });
    runs.push(runOf(scenario, messages, startMs));
  }
  return runs;
}

/** A message in a line. */
export function textOf(message: AlertMessage): string {
  const alerts = message.alerts.map(({ rule, subject, value }) => `${rule} ${subject} ${value.toFixed(1)}`);
  const causes = message.causes.map(
    ({ dimension, value, share }) => `${dimension} ${value} ${share.toFixed(2)}`,
  );
  return `${new Date(message.atMs).toISOString()} ${message.kind}: ${alerts.join(', ')} because of ${causes.join(', ')}`;
}

/** By day, at another hour each. */
function beginsAt({ hours }: Scenario, place: number): number {
  const [from, to] = hours ?? [8, 20];
  return (from + ((place * 7) % (to - from))) * HOUR_MS;
}

function runOf(scenario: Scenario, messages: readonly AlertMessage[], startMs: number): Run {
  const first = messages.find(({ atMs }) => atMs > startMs);
  const isOfRule = scenario.rule === undefined || first?.alerts.some(({ rule }) => rule === scenario.rule);
  return {
    name: scenario.name,
    toldAfterMinutes: first !== undefined && isOfRule ? (first.atMs - startMs) / MINUTE_MS : undefined,
    messages: messages.length,
    isCauseFirst: first !== undefined && isRight(scenario, first),
    told: messages.map(textOf),
  };
}

function isRight({ cause }: Scenario, { causes: [first] }: AlertMessage): boolean {
  if (cause === undefined) return first === undefined || first.share < 0.5;
  return first?.dimension === cause.dimension && first.value === cause.value;
}
