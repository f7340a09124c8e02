import { utimesSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS } from '@tacho/core';
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

  it('that was replaced goes from the file when it is time', async () => {
    const keys = folder.open(NOW_MS, 2 * HOUR_MS);
    await keys.refresh(NOW_MS + MONTH_MS);
    for (const hour of [1, 2]) await keys.refresh(NOW_MS + MONTH_MS + hour * HOUR_MS);
    expect(idsOf(keys)).toEqual(['k2']);
    expect(folder.text()).not.toContain('"k1"');
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
    await runFor(keys, NOW_MS + 3 * HOUR_MS, 1);
    expect(keys.pseudonymsOf(NAME)).toContain(first);
    expect(folder.open().pseudonymsOf(NAME)).toContain(first);
  });
});
