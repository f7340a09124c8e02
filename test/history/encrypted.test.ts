import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import { Keyring, openFile } from '@tacho/store';
import { eventually } from '../eventually.ts';
import { Connection } from '../load/connection.ts';
import { request } from '../load/request.ts';
import { endAll } from '../processes.ts';
import { type Service, TOKEN } from '../service.ts';
import { folderInMemory, removeFolders } from '../temporary-folder.ts';
import { filesIn } from './canaries/outputs.ts';
import { type Output, scan } from './canaries/scan.ts';
import { startOn, storeHealth } from './stored-service.ts';
import { type CommandResult, tacho } from './tacho-command.ts';

const KEY = Buffer.alloc(32, 'a key for these tests');
const TACHO_ENCRYPTION_KEY = KEY.toString('hex');

/** Routes of `canaries/service.ts`, one of them slow. A user is stored as a pseudonym. */
const ROUTES = ['/slow/:name', '/people/:name', '/fails-to-forward/:name'];
const REQUESTS = 20;

/** What a damaged file ends a command with. */
const DAMAGED = 5;

afterEach(endAll);
afterEach(removeFolders);

interface Kept {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly files: readonly Output[];
  /** Whatever of them is found tells who asked for what. */
  readonly words: readonly string[];
}

it('with a key, no route and no user is in any file, and a flipped byte of an export is found', async () => {
  const [plain, encrypted] = await Promise.all([keep({}), keep({ TACHO_ENCRYPTION_KEY })]);

  const inTheClear = scan(plain.words, plain.files);
  expect(new Set(inTheClear.map(({ text }) => text))).toEqual(new Set(plain.words));
  for (const kind of [/tacho\.db /, /backup\.db /, /export\.json /, /tacho-metrics-.*\.json /]) {
    expect(inTheClear.filter(({ output }) => kind.test(output))).not.toEqual([]);
  }
  expect(encrypted.files.map(({ name }) => name).some((name) => /tacho\.db-wal /.test(name))).toBe(true);
  expect(scan(encrypted.words, encrypted.files)).toEqual([]);

  const names = await readdir(encrypted.folder);
  for (const pattern of [/^export\.json/, /^tacho-metrics-/]) {
    const name = names.find((found) => pattern.test(found)) ?? '';
    await expectSealed(name, encrypted);
  }
});

/** A service with traffic, and all that is kept of it. */
async function keep(key: Readonly<Record<string, string>>): Promise<Kept> {
  const folder = await folderInMemory();
  const file = join(folder, 'tacho.db');
  const service = await startOn(file, { env: key }, 'test/history/canaries/service.ts');
  await Promise.all(ROUTES.map((route) => ask(service, route.replace(':name', '7'))));
  // A row that was stored before may be of nothing, or of some of it.
  const { rows } = await storeHealth(service.admin);
  await eventually('another stored row', async () =>
    (await storeHealth(service.admin)).rows > rows ? true : undefined,
  );
  const users = (await (await service.admin.get('users')).json()) as { users: { user: string }[] };
  expect(users.users).not.toEqual([]);
  const env = {
    ...key,
    TACHO_STORE: file,
    TACHO_ADMIN_TOKEN: TOKEN,
    TACHO_ADMIN_PORT: new URL(service.admin.url).port,
  };
  for (const command of [
    ['backup', 'backup.db'],
    ['export', 'export.json'],
    ['monitor', '--save', '--interval', '1', '--duration', '1'],
  ]) {
    expect(await tacho(command, folder, env)).toMatchObject({ code: 0 });
  }
  const whileRunning = await filesIn(folder, 'while it is running');
  await service.stop();
  const files = [...whileRunning, ...(await filesIn(folder, 'after its end'))];
  return { folder, env, files, words: [...ROUTES, ...users.users.map(({ user }) => user)] };
}

async function ask({ ports }: Service, target: string): Promise<void> {
  const connection = await Connection.open(ports.koa!);
  const requests = target.startsWith('/slow') ? 1 : REQUESTS;
  for (let sent = 0; sent < requests; sent++)
    await connection.exchangeOne(request({ method: 'GET', target, headers: ['X-User: somebody'] }));
  await connection.close();
}

/** Flips each byte in turn, and some for the commands to find. */
async function expectSealed(name: string, { folder, env }: Kept): Promise<void> {
  const sealed = await readFile(join(folder, name));
  expect(() => opened(sealed)).not.toThrow();
  const unnoticed = [...sealed.keys()].filter((at) => !throws(() => opened(flipped(sealed, at))));
  process.stdout.write(`${name}: ${sealed.length} flipped bytes, ${unnoticed.length} unnoticed\n`);
  expect(unnoticed).toEqual([]);

  const damaged = join(folder, `damaged-${name}`);
  await writeFile(damaged, flipped(sealed, Math.floor(sealed.length / 2)));
  const commands = name.startsWith('export') ? ['decrypt', 'import'] : ['decrypt'];
  const run = (command: string): Promise<CommandResult> => tacho([command, damaged], folder, env);
  const codes = (await Promise.all(commands.map(run))).map(({ code }) => code);
  expect(codes).toEqual(commands.map(() => DAMAGED));
}

function opened(sealed: Uint8Array): number {
  let bytes = 0;
  for (const portion of openFile(Keyring.of([KEY]).fileOpener(), [sealed])) bytes += portion.length;
  return bytes;
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ (1 << (at % 8));
  return copy;
}

function throws(work: () => void): boolean {
  try {
    work();
    return false;
  } catch {
    return true;
  }
}
