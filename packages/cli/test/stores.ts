import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll } from '@jest/globals';
import { DAY_MS, DEFAULT_LIMITS, encodeWindow, MINUTE_MS, Window } from '@tacho/core';
import { openPseudonymKeys, type StoreTools } from '@tacho/store';
import { createStoreTools, SqliteStore } from '@tacho/store-sqlite';
import { START_MS } from './virtual-clock.ts';

export const KEY = '11'.repeat(32);
export const OTHER_KEY = '22'.repeat(32);

/** As the package that installs the command has them. */
export const storeTools: StoreTools = createStoreTools(() => START_MS);

/** When the service ended: long enough ago not to be taken for one that is running. */
const ENDED_MS = START_MS - 3_600_000;

export function storeIn(folder: string): string {
  return join(folder, '.tacho', 'tacho.db');
}

export interface SampleOptions {
  /** Of a service that measured for so long. */
  readonly minutes?: number;
  /** In hexadecimal. */
  readonly key?: string;
  readonly endpoints?: number;
}

/** A store as a service leaves it, at the default place; `alice` is among its users. @returns its path */
export async function createStore(folder: string, options: SampleOptions = {}): Promise<string> {
  await copyOf(`store ${JSON.stringify(options)}`, folder, (made) => fill(storeIn(made), options));
  return storeIn(folder);
}

const made = new Map<string, Promise<string>>();

afterAll(async () => {
  for (const folder of made.values()) await rm(await folder, { recursive: true });
});

/** Puts into a folder what is made but once for all tests of a file. */
export async function copyOf(
  name: string,
  folder: string,
  make: (folder: string) => Promise<void>,
): Promise<void> {
  const making = async (): Promise<string> => {
    const sample = await mkdtemp(join(tmpdir(), 'tacho-cli-'));
    await make(sample);
    return sample;
  };
  if (!made.has(name)) made.set(name, making());
  await cp((await made.get(name)) ?? '', folder, { recursive: true });
}

async function fill(path: string, { minutes = 3, key, endpoints = 1 }: SampleOptions): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const user = openPseudonymKeys(`${path}.key`, ENDED_MS).pseudonymOf('alice');
  const store = new SqliteStore({
    path,
    encryptionKeys: key === undefined ? [] : [Buffer.from(key, 'hex')],
    limits: DEFAULT_LIMITS,
    retentionMs: { minute: 30 * DAY_MS, hour: 30 * DAY_MS, day: 30 * DAY_MS },
    maxBytes: 1e9,
    writer: 'service',
    clock: { now: () => ENDED_MS },
    onNotice: ({ kind }) => {
      throw new Error(kind);
    },
  });
  const rows = Array.from({ length: minutes }, (_, minute) => rowOf(minute, user, endpoints));
  for (let from = 0; from < rows.length; from += 100)
    await store.windows.append(rows.slice(from, from + 100));
  await store.windows.maintain();
  await store.windows.close();
  await store.journal.close();
  await store.state.close();
}

function rowOf(minute: number, user: string, endpoints: number) {
  const minuteMs = Math.floor(START_MS / MINUTE_MS - 10_000 + minute) * MINUTE_MS;
  const window = new Window(DEFAULT_LIMITS, minuteMs, minuteMs + MINUTE_MS);
  for (let endpoint = 0; endpoint < endpoints; endpoint++) {
    const route = `/secret-route/${endpoint}`;
    const request = {
      startMs: minuteMs,
      durationMs: 5,
      method: 'GET',
      route,
      status: 200,
      traceId: undefined,
    };
    window.record({ ...request, outcome: 'completed', user });
  }
  return { minuteMs, spanMs: MINUTE_MS, writer: 'service', sequence: minute, payload: encodeWindow(window) };
}

/** Keeps everybody else out. @returns lets them in again */
export function lock(path: string): () => void {
  const database = new DatabaseSync(path);
  database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  return () => database.close();
}

export function setUserVersion(path: string, version: number): void {
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA user_version = ${version}`);
  database.close();
}
