import { setTimeout as pause } from 'node:timers/promises';

const SHORTEST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 500;

/**
 * Asks again and again until there is an answer; fails, saying what for, when there is none in time. The longer it
 * takes, the less often it asks: an answer is late by a twentieth of its time, or by half a second.
 */
export async function eventually<T>(
  what: string,
  answer: () => T | undefined | Promise<T | undefined>,
  limitMs = 15_000,
): Promise<T> {
  const startedAt = Date.now();
  for (;;) {
    const given = await answer();
    if (given !== undefined) return given;
    const waitedMs = Date.now() - startedAt;
    if (waitedMs > limitMs) throw new Error(`waited ${limitMs} ms in vain for ${what}`);
    await pause(Math.min(Math.max(SHORTEST_PAUSE_MS, waitedMs / 20), LONGEST_PAUSE_MS));
  }
}
