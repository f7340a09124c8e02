import { describe, expect, it } from '@jest/globals';
import { DAY_MS } from '@tacho/core';
import { expiredRows, RETENTION_MS } from '../src/retention.ts';

describe('a row expires', () => {
  const rows = [0, DAY_MS, 2 * DAY_MS].map((storedMs) => ({ storedMs }));

  it.each([
    ['not before thirty days', RETENTION_MS - 1, 0],
    ['thirty days after it was stored', RETENTION_MS, 1],
    ['on its own day', RETENTION_MS + 2 * DAY_MS - 1, 2],
  ])('%s', (_, nowMs, expired) => {
    expect(RETENTION_MS).toBe(30 * DAY_MS);
    expect(expiredRows(rows, nowMs, RETENTION_MS)).toEqual(rows.slice(0, expired));
  });
});
