import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { DEFAULT_LIMITS } from '@tacho/core';
import { SqliteStore } from '@tacho/store-sqlite';
import { rowNumbered } from './numbered-rows.ts';

/** Appends rows in its main thread and in a worker thread, each with a store of its own on the same file. */
const MONTH_MS = 30 * 86_400_000;
const [path, name, rows] = (isMainThread ? process.argv.slice(2) : workerData) as [string, string, string];
const writer = isMainThread ? `${name} main` : `${name} thread`;

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

if (isMainThread) {
  new Worker(new URL(import.meta.url), { workerData: [path, name, rows], execArgv: [] });
}

let rejected = 0;
for (let sequence = 0; sequence < Number(rows); ) {
  try {
    await store.windows.append([rowNumbered(writer, sequence)]);
    sequence++;
    if (sequence % 10 === 0) await store.windows.maintain();
  } catch {
    rejected++;
  }
}
await store.close();
process.stdout.write(`${rejected} rejected\n`);
