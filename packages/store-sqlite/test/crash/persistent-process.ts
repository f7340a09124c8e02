import { setTimeout as sleep } from 'node:timers/promises';
import { openChildStore } from './child-store.ts';
import { rowNumbered } from './numbered-rows.ts';

/** Appends so many rows to a store, and tries again where they are not taken. Says which were, and why not. */
const [path, writer, rows] = process.argv.slice(2) as [string, string, string];

const store = openChildStore(path, writer, () => {});
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
