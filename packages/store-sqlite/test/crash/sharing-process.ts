import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { openChildStore } from './child-store.ts';
import { rowNumbered } from './numbered-rows.ts';

/** Appends rows, and entries of the journal, in its main thread and in a worker thread, each with a store of its own on the same file. */
const [path, name, rows] = (isMainThread ? process.argv.slice(2) : workerData) as [string, string, string];
const writer = isMainThread ? `${name} main` : `${name} thread`;

const store = openChildStore(path, writer);
store.hold();

if (isMainThread) {
  new Worker(new URL(import.meta.url), { workerData: [path, name, rows], execArgv: [] });
}

let rejected = 0;
for (let sequence = 0; sequence < Number(rows); ) {
  try {
    await store.windows.append([rowNumbered(writer, sequence)]);
    await store.journal.append([{ timestampMs: Date.now(), writer, sequence, text: `${sequence}` }]);
    sequence++;
    if (sequence % 10 === 0) await store.windows.maintain();
  } catch {
    rejected++;
  }
}
await store.close();
process.stdout.write(`${rejected} rejected\n`);
