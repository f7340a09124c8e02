import { writeSync } from 'node:fs';
import { openChildStore } from '../crash/child-store.ts';
import { rowNumbered } from '../crash/numbered-rows.ts';

/** Opens a store, and ends in one of several ways. */
const [path, way] = process.argv.slice(2) as [string, string];

const store = openChildStore(path, String(process.pid));

function say(line: string): void {
  writeSync(1, `${line}\n`);
}

/** One request: the first of `numbered-rows.ts`. */
function append(writer: string): Promise<void> {
  return store.windows.append([rowNumbered(writer, 0)]);
}

function exit(): void {
  process.on('exit', () => {
    const startMs = performance.now();
    const isStored = store.appendAtExit([rowNumbered('at exit', 0)], 1000);
    say(`${isStored} in ${(performance.now() - startMs).toFixed(1)} ms`);
  });
  say('last');
  process.exit(3);
}

const WAYS: Readonly<Record<string, () => Promise<void> | void>> = {
  idle: async () => {
    await new Promise((resolve) => setTimeout(resolve, 150));
    say('last');
  },
  'in flight': () => {
    void append('first').then(() => append('second'));
    say('last');
  },
  holding: () => {
    store.hold();
    void append('first').then(() => say('stored'));
    say('last');
  },
  closing: () => {
    void append('first').then(() => say('stored'));
    void store.close().then(() => say('closed'));
    say('last');
  },
  exiting: async () => {
    const busy = setTimeout(() => {}, 10_000);
    await append('first');
    clearTimeout(busy);
    exit();
  },
  'exiting at once': exit,
};

if (way === 'idle') void append('first');
await WAYS[way]?.();
