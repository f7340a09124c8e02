import { DEFAULT_LIMITS } from '@tacho/core';
import type { WindowRow } from '@tacho/store';
import { SqliteStore } from '@tacho/store-sqlite';
import { requestsOf, rowNumbered } from './numbered-rows.ts';

/** Appends row after row to a store, and says of each that it was stored, until it is killed. */
const [path, writer] = process.argv.slice(2) as [string, string];
const MONTH_MS = 30 * 86_400_000;

const store = new SqliteStore({
  path,
  encryptionKeys: [],
  limits: DEFAULT_LIMITS,
  retentionMs: { minute: MONTH_MS, hour: MONTH_MS, day: MONTH_MS },
  maxBytes: 512 * 1024 * 1024,
  writer,
  clock: { now: () => Date.now() },
  onNotice: (notice) => process.stderr.write(`${JSON.stringify(notice)}\n`),
});
store.hold();

for (let sequence = 0; ; sequence++) {
  await appended([rowNumbered(writer, sequence)]);
  process.stdout.write(`${sequence} ${requestsOf(sequence)}\n`);
  if (sequence % 5 === 4) await store.windows.maintain().catch(() => {});
}

/** As any writer does: what was not stored in time is sent again as it is. */
async function appended(rows: readonly WindowRow[]): Promise<void> {
  for (;;) {
    try {
      return await store.windows.append(rows);
    } catch {
      await new Promise((settle) => setTimeout(settle, 100));
    }
  }
}
