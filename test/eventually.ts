import { setTimeout as pause } from 'node:timers/promises';

/** Asks again and again until there is an answer; fails, saying what for, when there is none in time. */
export async function eventually<T>(
  what: string,
  answer: () => T | undefined | Promise<T | undefined>,
  limitMs = 15_000,
): Promise<T> {
  const giveUpAt = Date.now() + limitMs;
  for (;;) {
    const given = await answer();
    if (given !== undefined) return given;
    if (Date.now() > giveUpAt) throw new Error(`waited ${limitMs} ms in vain for ${what}`);
    await pause(50);
  }
}
