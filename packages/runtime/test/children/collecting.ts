import { setImmediate as nextTurn } from 'node:timers/promises';
import { GarbageCollections } from '../../src/garbage-collections.ts';

/** Collects far more often than is looked at, twice, and prints what was read. */

const MOST = 50;
const pauses: number[] = [];
const collections = new GarbageCollections({ most: MOST, onPause: (pauseMs) => pauses.push(pauseMs) });
const kept: unknown[] = [];

async function read(): Promise<{ count: number; watchedShare: number; told: number }> {
  const startMs = performance.now();
  pauses.length = 0;
  for (let n = 0; n < 2000; n++) {
    for (let m = 0; m < 200; m++) kept[0] = new Array(100).fill(m);
    await nextTurn();
  }
  const { count, watchedMs } = collections.read();
  return { count, watchedShare: watchedMs / (performance.now() - startMs), told: pauses.length };
}

const readings = [await read(), await read()];
collections.stop();
const stopped = await read();
process.stdout.write(JSON.stringify({ readings, stopped }));
