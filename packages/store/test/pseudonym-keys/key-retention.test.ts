import { describe, expect, it } from '@jest/globals';
import { DAY_MS } from '@tacho/core';
import { inMemoryPseudonymKeys } from '../../src/pseudonym-keys/in-memory-keys.ts';
import { NAME, NOW_MS, runFor } from './key-folder.ts';

const MONTH_MS = 30 * DAY_MS;
const DECADE_MS = 3652 * DAY_MS;

describe('a key that was replaced', () => {
  it('is kept for as long as rows may name users by it, and no longer', async () => {
    const keys = inMemoryPseudonymKeys(NOW_MS);
    const first = keys.pseudonymOf(NAME);
    const replacedMs = await runFor(keys, NOW_MS, 30);
    expect(keys.pseudonymOf(NAME)).not.toBe(first);
    const almostMs = await runFor(keys, replacedMs, 31);
    expect(keys.pseudonymsOf(NAME)).toContain(first);
    await runFor(keys, almostMs, 2);
    expect(keys.pseudonymsOf(NAME)).not.toContain(first);
    expect(keys.periods()).toHaveLength(2);
  });

  it('is kept for longer where rows are', async () => {
    const keys = inMemoryPseudonymKeys(NOW_MS, 90 * DAY_MS);
    await runFor(keys, NOW_MS, 100);
    expect(keys.periods()).toHaveLength(4);
  });

  it('does not go while nobody measures, as rows do not', async () => {
    const keys = inMemoryPseudonymKeys(NOW_MS);
    const first = keys.pseudonymOf(NAME);
    await keys.refresh(NOW_MS + MONTH_MS);
    await keys.refresh(NOW_MS + 5 * MONTH_MS);
    expect(keys.pseudonymsOf(NAME)).toContain(first);
  });
});

describe('a clock that is wrong for a while', () => {
  it.each([
    ['ten years ahead', DECADE_MS],
    ['ten years behind', -DECADE_MS],
    ['at epoch 0', -NOW_MS],
  ])('%s makes no key go, and then keys are replaced again after 30 days', async (_name, offMs) => {
    const keys = inMemoryPseudonymKeys(NOW_MS);
    const first = keys.pseudonymOf(NAME);
    for (let minute = 0; minute < 180; minute++) await keys.refresh(NOW_MS + offMs + minute * 60_000);
    await keys.refresh(NOW_MS);
    const after = keys.pseudonymOf(NAME);
    expect(keys.pseudonymsOf(NAME)).toContain(first);

    const almostMs = await runFor(keys, NOW_MS, 29);
    expect(keys.pseudonymOf(NAME)).toBe(after);
    await runFor(keys, almostMs, 2);
    expect(keys.pseudonymOf(NAME)).not.toBe(after);
    expect(keys.pseudonymsOf(NAME)).toContain(after);
    const times = keys.periods().flatMap(({ fromMs, toMs = 0 }) => [fromMs, toMs]);
    expect(Math.max(...times)).toBeLessThanOrEqual(NOW_MS + 31 * DAY_MS);
  });

  it('to and fro for ever makes no more keys than there is room for', async () => {
    const keys = inMemoryPseudonymKeys(NOW_MS, DECADE_MS);
    for (let n = 0; n < 1500; n++) await keys.refresh(NOW_MS + n * 31 * DAY_MS);
    expect(keys.periods()).toHaveLength(1000);
  });
});

describe('keys in memory', () => {
  it('have ids of their own, and are others in each process', () => {
    const pseudonyms = [inMemoryPseudonymKeys(NOW_MS), inMemoryPseudonymKeys(NOW_MS)].map((keys) =>
      keys.pseudonymOf(NAME),
    );
    for (const one of pseudonyms) expect(one).toMatch(/^m[0-9a-f]{8}-[0-9a-f]{32}$/);
    expect(new Set(pseudonyms.map((one) => one.split('-')[1])).size).toBe(2);
  });
});
