import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { DAY_MS, DEFAULT_LIMITS } from '@tacho/core';
import { Keyring } from '@tacho/store';
import type { StoreNotice } from '@tacho/store-sqlite';
import { StoreEngine } from '../../src/engine/store-engine.ts';
import { decodeParts } from '../../src/engine/window-parts.ts';
import { ALL_TIME, NOON_MS, newPath, requestsIn } from '../store/test-store.ts';
import { requestsOf, rowNumbered } from './numbered-rows.ts';

const APPENDER = join(import.meta.dirname, 'appender.ts');

const MONTH_MS = 30 * DAY_MS;
const OPTIONS = {
  keyring: Keyring.of([]),
  limits: DEFAULT_LIMITS,
  retentionMs: { minute: MONTH_MS, hour: MONTH_MS, day: MONTH_MS },
  maxBytes: 512 * 1024 * 1024,
  writer: 'reader',
};

/** Every so many kills, a file of its own. */
const KILLS_PER_FILE = 5;
const LONGEST_LIFE_MS = 120;
/** Even of a few kills some come early and some late; of forty, each at another time. */
const LIVES = 40;
const LIVES_STEP = 13;

/** Kills so many processes while they append, and looks each time at what they leave behind. */
export async function killAppenders(kills: number): Promise<void> {
  let path = '';
  let before = 0;
  let appended = 0;
  for (let kill = 0; kill < kills; kill++) {
    if (kill % KILLS_PER_FILE === 0) {
      path = newPath();
      before = 0;
    }
    const writer = `killed ${kill}`;
    const reported = await appendUntilKilled(
      path,
      writer,
      (LONGEST_LIFE_MS * ((kill * LIVES_STEP) % LIVES)) / LIVES,
    );
    appended += reported;
    before = await storedWhole(path, writer, reported, before);
  }
  console.log(`${kills} kills, ${appended} rows`);
}

/** @returns how many rows the process has said to be stored */
async function appendUntilKilled(path: string, writer: string, lifeMs: number): Promise<number> {
  const child = spawn(process.execPath, [APPENDER, path, writer], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  await sleep(lifeMs);
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
  expect(errors).toBe('');
  return output.split('\n').length - 1;
}

/** The chain of the journal, with all entries of a process that has said so many to be stored. */
function expectIntact(engine: StoreEngine, writer: string, reported: number): void {
  const nextPiece = engine.verifyJournal(NOON_MS, undefined);
  let verification = nextPiece();
  while (verification === undefined) verification = nextPiece();
  expect(verification).toMatchObject({ intact: true, faults: [] });
  const entries = engine.readJournal(NOON_MS, 0, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  expect(verification.entries).toBe(entries.length);
  const own = entries.filter((entry) => entry.writer === writer).map(({ sequence }) => sequence);
  expect(own.length).toBeGreaterThanOrEqual(reported);
  expect(own.sort((a, b) => a - b)).toEqual(own.map((_, index) => index));
}

/** @returns the requests in the store, having made sure that they are those of whole rows, of at least those reported */
async function storedWhole(path: string, writer: string, reported: number, before: number): Promise<number> {
  const notices: StoreNotice[] = [];
  // Not through a worker: it is the file that is looked at.
  const engine = new StoreEngine({ path, ...OPTIONS }, (notice) => notices.push(notice));
  const keys = Array.from({ length: reported + 2 }, (_, sequence) => rowNumbered(writer, sequence));
  const { parts, stored, skippedRows } = engine.read(NOON_MS, { ...ALL_TIME, unstored: keys });
  const window = await decodeParts(parts, DEFAULT_LIMITS, async () => {});
  expectIntact(engine, writer, reported);
  engine.close();
  expect(stored.slice(0, reported)).toEqual(Array(reported).fill(true));
  const requests = stored.reduce((sum, isStored, sequence) => sum + (isStored ? requestsOf(sequence) : 0), 0);
  expect(requestsIn(window)).toBe(before + requests);
  expect(skippedRows).toBe(0);
  expect(notices).toEqual([]);
  const database = new DatabaseSync(path);
  expect(database.prepare('PRAGMA quick_check').get()).toEqual({ quick_check: 'ok' });
  database.close();
  return before + requests;
}
