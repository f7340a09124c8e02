import { DAY_MS, DEFAULT_LIMITS } from '@tacho/core';
import { describeStore } from '@tacho/store/conformance';
import { SqliteStore } from '@tacho/store-sqlite';
import { newPath } from './test-store.ts';

const MONTH_MS = 30 * DAY_MS;

describeStore(
  'the SQLite store',
  (clock) =>
    new SqliteStore({
      path: newPath(),
      encryptionKeys: [],
      limits: DEFAULT_LIMITS,
      retentionMs: { minute: MONTH_MS, hour: MONTH_MS, day: MONTH_MS },
      maxBytes: 512 * 1024 * 1024,
      writer: 'test',
      clock,
      onNotice: () => {},
    }),
);
