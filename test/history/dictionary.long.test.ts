import { createHash, createHmac } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import { pseudonymsIn } from '@tacho/store';
import { Connection } from '../load/connection.ts';
import { request } from '../load/request.ts';
import { endAll } from '../processes.ts';
import { removeFolders, temporaryFolder } from '../temporary-folder.ts';
import { startOn } from './stored-service.ts';

const MAILS = 1_000_000;
const USERS = 500;
const PSEUDONYM_BYTES = 16;

const mail = (n: number): string => `user${n}@sharif.edu`;
/** Those of the dictionary who have used the service. */
const users = Array.from({ length: USERS }, (_, n) => mail(n * (MAILS / USERS)));

const KEYLESS: Record<string, (name: string) => Buffer> = {
  ...Object.fromEntries(
    ['sha1', 'sha256'].map((hash) => [hash, (name: string) => createHash(hash).update(name).digest()]),
  ),
  'HMAC with a key of zeros': (name) => createHmac('sha256', Buffer.alloc(32)).update(name).digest(),
};

afterEach(endAll);
afterEach(removeFolders);

it('who has a store and a list of a million mails finds nobody in it without its key', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'tacho.db');
  await serveAll(file);

  const known = new Set(users.flatMap((user) => pseudonymsIn(`${file}.key`, user)).map(digitsOf));
  const stored = piecesIn(await bytesBeside(file));
  expect([...known].filter((digits) => stored.has(digits))).toHaveLength(USERS);

  const plain = new Set(users.map((user) => digest(KEYLESS.sha256!, user)));
  const found = Object.fromEntries(Object.keys(KEYLESS).map((how) => [how, { stored: 0, plain: 0 }]));
  for (let n = 0; n < MAILS; n++) {
    for (const [how, hash] of Object.entries(KEYLESS)) {
      const digits = digest(hash, mail(n));
      if (stored.has(digits)) found[how]!.stored++;
      if (plain.has(digits)) found[how]!.plain++;
    }
  }
  expect(Object.values(found).map((each) => each.stored)).toEqual(Object.keys(KEYLESS).map(() => 0));
  // Where plain hashes were stored, everybody would be found.
  expect(found.sha256?.plain).toBe(USERS);
});

async function serveAll(file: string): Promise<void> {
  const service = await startOn(file, { arguments: ['hook'] }, 'test/history/canaries/service.ts');
  const connection = await Connection.open(service.ports.koa ?? 0);
  await connection.exchange(
    users.map((user) => request({ method: 'GET', target: '/people/17', headers: [`X-User: ${user}`] })),
  );
  await connection.close();
  await service.ask('idle');
  await service.stop();
}

/** Of the store, without its keys. */
async function bytesBeside(file: string): Promise<Buffer> {
  const folder = join(file, '..');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.key'));
  return Buffer.concat(await Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name)))));
}

/** Whatever may be a digest, in bytes or in digits, as digits. */
function piecesIn(bytes: Buffer): ReadonlySet<string> {
  const pieces = new Set(bytes.toString('latin1').match(/[0-9a-f]{32}/g));
  for (let at = 0; at + PSEUDONYM_BYTES <= bytes.length; at++)
    pieces.add(bytes.toString('hex', at, at + PSEUDONYM_BYTES));
  return pieces;
}

/** Without the id of the period. */
function digitsOf(pseudonym: string): string {
  return pseudonym.split('-')[1] ?? '';
}

function digest(hash: (name: string) => Buffer, name: string): string {
  return hash(name).toString('hex', 0, PSEUDONYM_BYTES);
}
