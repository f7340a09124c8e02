import { flushCompileCache } from 'node:module';
import type { WindowRow } from '@tacho/store';
import { openChildStore } from './child-store.ts';
import { requestsOf, rowNumbered } from './numbered-rows.ts';

/**
 * Appends row after row to a store, with an entry of the journal each, and says of each that it was stored, until it is
 * killed.
 */
const [path, writer] = process.argv.slice(2) as [string, string];

const store = openChildStore(path, writer);
store.hold();
// Node keeps what it has compiled when a process ends, which this one never does by itself.
flushCompileCache();

for (let sequence = 0; ; sequence++) {
  const entry = { timestampMs: Date.now(), writer, sequence, text: `${sequence}` };
  await stored(() => store.journal.append([entry]));
  const rows: readonly WindowRow[] = [rowNumbered(writer, sequence)];
  await stored(() => store.windows.append(rows));
  process.stdout.write(`${sequence} ${requestsOf(sequence)}\n`);
  if (sequence % 5 === 4) await store.windows.maintain().catch(() => {});
}

/** As any writer does: what was not stored in time is sent again as it is. */
async function stored(append: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await append();
    } catch {
      await new Promise((settle) => setTimeout(settle, 100));
    }
  }
}
