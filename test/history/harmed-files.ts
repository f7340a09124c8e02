import { readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { eventually } from '../eventually.ts';
import type { Service } from '../service.ts';
import { folderInMemory } from '../temporary-folder.ts';
import { send } from './members.ts';
import { startOn, storeHealth, storeLines, totalRequests } from './stored-service.ts';

const REQUESTS = 30;
const FLUSH_EVERY_MS = 10_000;
const FLUSHED_AFTER_MS = 2_000;

export interface Harm {
  readonly name: string;
  readonly harm: (file: string) => Promise<void>;
}

/** Garbage that is the same each time. */
const GARBAGE = Buffer.from(Array.from({ length: 50_000 }, (_, index) => (index * 7919) % 251));

export const HARMS: readonly Harm[] = [
  {
    name: 'deleted',
    harm: async (file) => {
      for (const companion of ['', '-wal', '-shm']) await rm(file + companion, { force: true });
    },
  },
  { name: 'deleted, but for its log', harm: (file) => rm(file) },
  { name: 'renamed', harm: (file) => rename(file, `${file}.elsewhere`) },
  {
    name: 'replaced by garbage',
    harm: async (file) => {
      await writeFile(`${file}.new`, GARBAGE);
      await rename(`${file}.new`, file);
    },
  },
  { name: 'overwritten with garbage', harm: (file) => writeFile(file, GARBAGE) },
  {
    name: 'overwritten in part',
    harm: async (file) => writeFile(file, Buffer.concat([GARBAGE, (await readFile(file)).subarray(50_000)])),
  },
  { name: 'emptied', harm: (file) => truncate(file, 0) },
];

/** Does each to the file of a service, that serves and measures whatever is done to it, and so does the next. */
export async function harmEach(harms: readonly Harm[]): Promise<void> {
  const folder = await folderInMemory();
  await Promise.all(harms.map((harm, index) => suffer(harm, join(folder, `${index}`, 'tacho.db'))));
}

async function suffer({ name, harm }: Harm, file: string): Promise<void> {
  const service = await startOn(file);
  await send(service.ports.http!, REQUESTS);
  await eventually('stored rows', async () =>
    (await storeHealth(service.admin)).rows > 0 ? true : undefined,
  );

  await harm(file);
  await send(service.ports.http!, REQUESTS);
  await nextFlush();
  expect({ name, ...(await outcome(service)) }).toEqual({ name, ...WELL, lines: [ONE_LINE] });
  await service.stop();

  const next = await startOn(file);
  expect({ name, ...(await outcome(next)) }).toEqual({ name, ...WELL, lines: [] });
  await next.stop();
}

const WELL = { answers: 'what was measured since', state: 'ok', reason: null };
const ONE_LINE = expect.stringMatching(/was (damaged|replaced)/);

async function outcome(service: Service): Promise<object> {
  const total = await totalRequests(service.admin);
  const { state, reason } = await storeHealth(service.admin);
  // What was there before the harm may be in what was damaged, or removed.
  const isAnswered = total === REQUESTS || total === 2 * REQUESTS;
  return { answers: isAnswered ? WELL.answers : total, state, reason, lines: storeLines(service) };
}

/** Once all that was sent up to now has been stored. */
async function nextFlush(): Promise<void> {
  await pause(FLUSH_EVERY_MS - (Date.now() % FLUSH_EVERY_MS) + FLUSHED_AFTER_MS);
}
