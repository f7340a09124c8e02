import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { Service } from '../service.ts';
import { folderInMemory } from '../temporary-folder.ts';
import type { BadFile, Samples } from './bad-files.ts';
import { fillStore } from './large-store.ts';
import { send } from './members.ts';
import { startOn, storeHealth, storeLines, totalRequests } from './stored-service.ts';

/** Sent to each service; every sample of a store holds as many. */
const REQUESTS = 20;
/** How many services are started at once. */
const AT_ONCE = 4;
/** Windows are stored within a second of each whole ten. */
const FLUSH_EVERY_MS = 10_000;
const FLUSHED_AFTER_MS = 2_000;

/** Runs a program as nobody: the superuser may do all. */
const AS_NOBODY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
const isSuperuser = process.getuid?.() === 0;
const canDropRights = !isSuperuser || spawnSync(AS_NOBODY[0]!, [...AS_NOBODY.slice(1), 'true']).status === 0;

interface Case {
  readonly bad: BadFile;
  readonly path: string;
  readonly digest: string;
  readonly service: Service;
  readonly startedMs: number;
}

/** Starts a service on each, that serves and measures whatever stands where its store belongs. */
export async function startOnEach(badFiles: readonly BadFile[]): Promise<void> {
  const folder = await folderInMemory();
  await chmod(folder, 0o755);
  const samples = await makeSamples(folder);
  const cases: Case[] = [];
  const waiting = badFiles.filter(canBeTested).entries();
  const next = async (): Promise<void> => {
    for (const [index, bad] of waiting) cases.push(await begin(bad, join(folder, `${index}`), samples));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  await nextFlush();

  expect(await Promise.all(cases.map(outcome))).toEqual(cases.map(({ bad }) => expected(bad)));
  await Promise.all(cases.map(({ service }) => service.stop()));
  const slowest = Math.max(...cases.map(({ startedMs }) => startedMs));
  process.stdout.write(`${cases.length} bad files; a service was up in ${slowest.toFixed(0)} ms at most\n`);
}

function canBeTested({ name, unprivileged }: BadFile): boolean {
  const can = unprivileged !== true || canDropRights;
  if (!can) process.stdout.write(`NOT TESTED: ${name}, for the superuser's rights can't be dropped here\n`);
  return can;
}

async function makeSamples(folder: string): Promise<Samples> {
  const samples = { plain: join(folder, 'plain.db'), encrypted: join(folder, 'encrypted.db') };
  expect(await fillStore(samples.plain, [], 1)).toBe(REQUESTS);
  await fillStore(samples.encrypted, [Buffer.alloc(32, 'a key')], 1);
  return samples;
}

async function begin(bad: BadFile, folder: string, samples: Samples): Promise<Case> {
  const path = join(folder, 'tacho.db');
  await mkdir(folder);
  await bad.put(path, samples);
  const digest = await digestOf(path);
  const startedAt = performance.now();
  const service = await startOn(path, {
    ...(bad.env === undefined ? {} : { env: bad.env }),
    ...(bad.unprivileged === true && isSuperuser ? { prefix: AS_NOBODY } : {}),
  });
  const startedMs = performance.now() - startedAt;
  await send(service.ports.http!, REQUESTS);
  return { bad, path, digest, service, startedMs };
}

/** Once all that was sent up to now has been stored, or would have been. */
async function nextFlush(): Promise<void> {
  await pause(FLUSH_EVERY_MS - (Date.now() % FLUSH_EVERY_MS) + FLUSHED_AFTER_MS);
}

interface Outcome {
  readonly name: string;
  readonly total: number;
  readonly state: string;
  readonly reason: unknown;
  /** Stored rows, or those that wait. */
  readonly rows: 'stored' | 'waiting';
  readonly lines: readonly unknown[];
  /** Where the bytes are that were there at first. */
  readonly bytes: 'in place' | 'moved aside' | 'nowhere';
}

async function outcome({ bad, path, digest, service }: Case): Promise<Outcome> {
  const total = await totalRequests(service.admin);
  const { state, reason, rows, waiting_rows } = await storeHealth(service.admin);
  return {
    name: bad.name,
    total,
    state,
    reason: reason?.text,
    rows: rows > 0 && waiting_rows === 0 ? 'stored' : 'waiting',
    lines: storeLines(service),
    bytes: await whereabouts(path, digest, bad),
  };
}

function expected({ name, fate, reason }: BadFile): Outcome {
  const isLeft = fate === 'left';
  const line = { used: [], begun: [], moved: [/was damaged/], left: [/waits in memory/] }[fate];
  return {
    name,
    total: fate === 'used' ? 2 * REQUESTS : REQUESTS,
    state: isLeft ? 'degraded' : 'ok',
    reason: isLeft ? expect.stringMatching(reason ?? /./) : undefined,
    rows: isLeft ? 'waiting' : 'stored',
    lines: line.map((pattern) => expect.stringMatching(pattern)),
    bytes: fate === 'moved' ? 'moved aside' : 'in place',
  };
}

/** A file that is used is written to: of that one, it is enough that it is there. */
async function whereabouts(path: string, digest: string, { fate }: BadFile): Promise<Outcome['bytes']> {
  const isWritten = fate === 'used' || fate === 'begun';
  if (isWritten || (await digestOf(path)) === digest) return 'in place';
  for (const name of await readdir(dirname(path))) {
    const isAside = /^tacho\.db\.corrupt-\d{8}T\d{6}Z$/.test(name);
    if (isAside && (await digestOf(join(dirname(path), name))) === digest) return 'moved aside';
  }
  return 'nowhere';
}

/** Of a file's bytes, or of the names in a folder. */
async function digestOf(path: string): Promise<string> {
  const isFolder = (await stat(path)).isDirectory();
  const content = isFolder ? (await readdir(path)).join('/') : await readFile(path);
  return createHash('sha256').update(content).digest('hex');
}
