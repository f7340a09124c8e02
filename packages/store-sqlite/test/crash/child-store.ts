import { DAY_MS, DEFAULT_LIMITS } from '@tacho/core';
import { SqliteStore, type StoreNotice } from '@tacho/store-sqlite';

const MONTH_MS = 30 * DAY_MS;

/** The store of a child program: what it has to say goes to stderr, where a test looks for nothing. */
export function openChildStore(
  path: string,
  writer: string,
  onNotice: (notice: StoreNotice) => void = (notice) => process.stderr.write(`${JSON.stringify(notice)}\n`),
): SqliteStore {
  return new SqliteStore({
    path,
    encryptionKeys: [],
    limits: DEFAULT_LIMITS,
    retentionMs: { minute: MONTH_MS, hour: MONTH_MS, day: MONTH_MS },
    maxBytes: 512 * 1024 * 1024,
    writer,
    clock: { now: () => Date.now() },
    onNotice,
  });
}
