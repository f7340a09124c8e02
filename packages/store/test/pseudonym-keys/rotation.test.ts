import { utimesSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS } from '@tacho/core';
import { inMemoryPseudonymKeys } from '../../src/pseudonym-keys/in-memory-keys.ts';
import { idsOf, KeyFolder, NAME, NOW_MS, runFor } from './key-folder.ts';

let folder: KeyFolder;
beforeEach(() => {
  folder = new KeyFolder();
});
afterEach(() => folder.remove());

const MONTH_MS = 30 * DAY_MS;

describe('a key', () => {
  it('is replaced after 30 days, and not before', async () => {
    const keys = folder.open();
    const first = keys.pseudonymOf(NAME);
    await keys.refresh(NOW_MS + MONTH_MS - 1);
    expect(keys.pseudonymOf(NAME)).toBe(first);
    await keys.refresh(NOW_MS + MONTH_MS);
    expect(keys.pseudonymOf(NAME)).toMatch(/^k2-/);
    expect(keys.pseudonymOf(NAME).slice(3)).not.toBe(first.slice(3));
    expect(keys.pseudonymsOf(NAME)).toEqual([first, keys.pseudonymOf(NAME)]);
    expect(folder.mode()).toBe('600');
    expect(folder.names()).toEqual(['tacho.db.key']);
  });

  it('has its period', async () => {
    const keys = folder.open();
    await keys.refresh(NOW_MS + MONTH_MS + 5);
    expect(keys.periods()).toEqual([
      { id: 'k1', fromMs: NOW_MS, toMs: NOW_MS + MONTH_MS + 5 },
      { id: 'k2', fromMs: NOW_MS + MONTH_MS + 5, toMs: undefined },
    ]);
    expect(folder.open().periods()).toEqual(keys.periods());
  });

  it('is kept for as long as rows may name users by it, and no longer', async () => {
    const keys = folder.open();
    const replacedMs = await runFor(keys, NOW_MS, 30);
    expect(idsOf(keys)).toEqual(['k1', 'k2']);
    const almostMs = await runFor(keys, replacedMs, 29);
    expect(idsOf(keys)).toEqual(['k1', 'k2']);
    await runFor(keys, almostMs, 4);
    expect(idsOf(keys)).toEqual(['k2', 'k3']);
    expect(folder.text()).not.toContain('"k1"');
  });

  it('is kept for longer where rows are', async () => {
    const keys = folder.open(NOW_MS, 90 * DAY_MS);
    await runFor(keys, NOW_MS, 100);
    expect(idsOf(keys)).toEqual(['k1', 'k2', 'k3', 'k4']);
  });
});

describe('another process', () => {
  it('notices the new key within one look', async () => {
    const [one, other] = [folder.open(), folder.open()];
    await one.refresh(NOW_MS + MONTH_MS);
    expect(other.pseudonymOf(NAME)).toMatch(/^k1-/);
    await other.refresh(NOW_MS + MONTH_MS);
    expect(other.pseudonymsOf(NAME)).toEqual(one.pseudonymsOf(NAME));
    expect(other.pseudonymOf(NAME)).toBe(one.pseudonymOf(NAME));
  });

  it('makes no second key where two are about to', async () => {
    const processes = Array.from({ length: 6 }, () => folder.open());
    for (let round = 0; round < 2; round++) {
      await Promise.all(processes.map((keys) => keys.refresh(NOW_MS + MONTH_MS)));
    }
    expect(new Set(processes.map((keys) => keys.pseudonymOf(NAME))).size).toBe(1);
    expect(folder.json().keys).toHaveLength(2);
    expect(folder.warnings).toEqual([]);
  });

  it('is not waited for if it died at it', async () => {
    const keys = folder.open();
    writeFileSync(`${folder.file}.lock`, '');
    utimesSync(`${folder.file}.lock`, 0, 0);
    writeFileSync(`${folder.file}.new`, 'half a fi');
    for (let minute = 0; minute < 3; minute++) await keys.refresh(NOW_MS + MONTH_MS + minute * 60_000);
    expect(keys.pseudonymOf(NAME)).toMatch(/^k2-/);
    expect(folder.names()).toEqual(['tacho.db.key']);
  });
});

describe('a clock that is wrong', () => {
  const DECADE_MS = 3652 * DAY_MS;

  it.each([
    ['ten years ahead', DECADE_MS],
    ['a century ahead', 10 * DECADE_MS],
    ['at epoch 0', -NOW_MS],
    ['a day behind', -DAY_MS],
    ['an hour ahead', HOUR_MS],
  ])('%s for a while makes no key go', async (_name, offMs) => {
    const keys = folder.open();
    const first = keys.pseudonymOf(NAME);
    for (let minute = 0; minute < 180; minute++) await keys.refresh(NOW_MS + offMs + minute * 60_000);
    await runFor(keys, NOW_MS + 3 * HOUR_MS, 28);
    expect(keys.pseudonymsOf(NAME)).toContain(first);
    expect(folder.open().pseudonymsOf(NAME)).toContain(first);
  });

  it('ten years ahead, and back: keys are replaced again after 30 days', async () => {
    const keys = folder.open();
    await keys.refresh(NOW_MS + DECADE_MS);
    const after = keys.pseudonymOf(NAME);
    await runFor(keys, NOW_MS, 29);
    expect(keys.pseudonymOf(NAME)).toBe(after);
    await runFor(keys, NOW_MS + 29 * DAY_MS, 2);
    expect(keys.pseudonymOf(NAME)).not.toBe(after);
    for (const { fromMs, toMs } of keys.periods()) {
      expect(fromMs).toBeLessThanOrEqual(NOW_MS + 31 * DAY_MS);
      expect(toMs ?? 0).toBeLessThanOrEqual(NOW_MS + 31 * DAY_MS);
    }
  });

  it('to and fro for ever makes not more keys than there is room for', async () => {
    const keys = inMemoryPseudonymKeys(NOW_MS);
    for (let n = 0; n < 1500; n++) await keys.refresh(NOW_MS + n * 31 * DAY_MS);
    expect(keys.periods().length).toBeLessThanOrEqual(1000);
  });
});

describe('keys in memory', () => {
  it('are replaced as those in a file are', async () => {
    const keys = inMemoryPseudonymKeys(NOW_MS);
    const first = keys.pseudonymOf(NAME);
    expect(first).toMatch(/^m[0-9a-f]{8}-[0-9a-f]{32}$/);
    await keys.refresh(NOW_MS + MONTH_MS);
    expect(keys.pseudonymsOf(NAME)).toEqual([first, keys.pseudonymOf(NAME)]);
    expect(keys.pseudonymOf(NAME)).not.toBe(first);
    await runFor(keys, NOW_MS + MONTH_MS, 33);
    expect(keys.pseudonymsOf(NAME)).not.toContain(first);
  });

  it('are others in each process', () => {
    expect(inMemoryPseudonymKeys(NOW_MS).pseudonymOf(NAME)).not.toBe(
      inMemoryPseudonymKeys(NOW_MS).pseudonymOf(NAME),
    );
  });
});
