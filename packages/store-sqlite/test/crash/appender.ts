import { DEFAULT_LIMITS } from '@tacho/core';
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
  await store.windows.append([rowNumbered(writer, sequence)]);
  process.stdout.write(`${sequence} ${requestsOf(sequence)}\n`);
  if (sequence % 5 === 4) await store.windows.maintain();
}
