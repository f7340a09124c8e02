import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_LIMITS } from '@tacho/core';
import { SqliteStore } from '@tacho/store-sqlite';
import { rowNumbered } from './numbered-rows.ts';

/** Appends so many rows to a store, and tries again where they are not taken. Says which were, and why not. */
const [path, writer, rows] = process.argv.slice(2) as [string, string, string];
const MONTH_MS = 30 * 86_400_000;

const store = new SqliteStore({
  path,
  encryptionKeys: [],
  limits: DEFAULT_LIMITS,
  retentionMs: { minute: MONTH_MS, hour: MONTH_MS, day: MONTH_MS },
  maxBytes: 512 * 1024 * 1024,
  writer,
  clock: { now: () => Date.now() },
  onNotice: () => {},
});
store.hold();

for (let sequence = 0; sequence < Number(rows); ) {
  try {
    await store.windows.append([rowNumbered(writer, sequence)]);
    sequence++;
  } catch {
    process.stdout.write(`${store.windows.status().unavailable}\n`);
    await sleep(50);
  }
}
await store.close();
process.stdout.write('done\n');
