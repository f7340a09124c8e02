import { floorTo, MINUTE_MS } from '@tacho/core';
import type { WindowSpan } from './window-store.ts';

/** How far what a row holds may lie past the row's end: see `spanOf`. */
export const SPAN_SLACK_MS = MINUTE_MS / 2;

/**
 * The whole minutes that a window is counted in. Its end is rounded to the nearest: a timer is always a little
 * late, and a row that reached a few milliseconds into the next hour would make that hour answer for two.
 *
 * @param startMs epoch milliseconds, from 0 up
 * @param endMs not before `startMs`
 */
export function spanOf(startMs: number, endMs: number): WindowSpan {
  const minuteMs = floorTo(startMs, MINUTE_MS);
  const minutes = Math.max(1, Math.round((endMs - minuteMs) / MINUTE_MS));
  return { minuteMs, spanMs: minutes * MINUTE_MS };
}

/** The smallest span that covers both. */
export function unionOf(a: WindowSpan, b: WindowSpan): WindowSpan {
  const minuteMs = Math.min(a.minuteMs, b.minuteMs);
  return { minuteMs, spanMs: Math.max(endMsOf(a), endMsOf(b)) - minuteMs };
}

/** Epoch milliseconds, excluded. */
export function endMsOf(span: WindowSpan): number {
  return span.minuteMs + span.spanMs;
}

/** @param toMs excluded; where it is not after `fromMs` nothing overlaps */
export function overlaps(span: WindowSpan, fromMs: number, toMs: number): boolean {
  return fromMs < toMs && span.minuteMs < toMs && endMsOf(span) > fromMs;
}
