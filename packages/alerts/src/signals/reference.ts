import { DAY_MS, HOUR_MS, MINUTE_MS, type Window } from '@tacho/core';
import type { HistoryWindow } from '@tacho/store';
import type { AlertPast } from '../reading.ts';
import { hoursAround, hoursBefore, type Range } from './ranges.ts';
import { statsOf } from './subjects.ts';
import type { Sample } from './worse.ts';

/** Of fewer requests, or fewer minutes, nobody knows how an endpoint usually is. */
const MIN_REQUESTS = 50;
const MIN_MINUTES = 30;

/** An answer that covers more says nothing of a time of day. */
const MAX_COVERED_MS = 8 * HOUR_MS;

/** A window of the past, for endpoints to be compared with. */
export class Reference {
  readonly #window: Window;
  readonly #minutes: number;

  constructor({ window, fromMs, toMs }: HistoryWindow) {
    const isOfThatTime = toMs - fromMs <= MAX_COVERED_MS;
    this.#window = window;
    this.#minutes = isOfThatTime ? Math.max(0, window.endMs - window.startMs) / MINUTE_MS : 0;
  }

  /** @returns undefined where too little is known */
  of(subject: string): Sample | undefined {
    const stats = statsOf(this.#window, subject);
    if (stats === undefined || stats.count < MIN_REQUESTS || this.#minutes < MIN_MINUTES) return undefined;
    return { stats, minutes: this.#minutes };
  }
}

/** The hours before a moment. */
export async function readHoursBefore(past: AlertPast, epochMs: number): Promise<Reference> {
  return read(past, hoursBefore(epochMs));
}

/** The same hours of the day before, and of the same day a week ago. */
export async function readEarlierDays(past: AlertPast, nowMs: number): Promise<Reference[]> {
  const references: Reference[] = [];
  for (const agoMs of [DAY_MS, 7 * DAY_MS]) references.push(await read(past, hoursAround(nowMs, agoMs)));
  return references;
}

async function read(past: AlertPast, { fromMs, toMs }: Range): Promise<Reference> {
  return new Reference(await past.window(fromMs, toMs, { users: false }));
}
