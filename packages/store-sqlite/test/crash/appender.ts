import { flushCompileCache } from 'node:module';
import type { WindowRow } from '@tacho/store';
import { openChildStore } from './child-store.ts';
import { requestsOf, rowNumbered } from './numbered-rows.ts';

/** Appends row after row to a store, and says of each that it was stored, until it is killed. */
const [path, writer] = process.argv.slice(2) as [string, string];

const store = openChildStore(path, writer);
store.hold();
// Node keeps what it has compiled when a process ends, which this one never does by itself.
flushCompileCache();

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
