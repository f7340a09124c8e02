import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, it } from '@jest/globals';
import { Keyring } from '@tacho/store';
import { eventually } from '../eventually.ts';
import { endAll } from '../processes.ts';
import type { Service } from '../service.ts';
import { folderInMemory, removeFolders } from '../temporary-folder.ts';
import { fillStore } from './large-store.ts';
import { SteadyLoad } from './steady-load.ts';
import { startOn, storeHealth } from './stored-service.ts';

const OLD = Buffer.alloc(32, 'the old key');
const NEW = Buffer.alloc(32, 'the new key');
const BOTH = { TACHO_ENCRYPTION_KEY: [NEW, OLD].map((key) => key.toString('base64')).join(',') };
const NEW_ALONE = { TACHO_ENCRYPTION_KEY: NEW.toString('base64') };

const MINUTES = 800;
const ALL_OF_IT = `summary?hours=${Math.ceil(MINUTES / 60) + 2}`;
const KILLS = 5;

afterEach(endAll);
afterEach(removeFolders);

it('a key is changed under load, by processes that are killed while they do it, and nothing is lost', async () => {
  const file = join(await folderInMemory(), 'tacho.db');
  const filled = await fillStore(file, [OLD], MINUTES);
  let sent = 0;
  const within = (total: number): void => {
    expect(total).toBeGreaterThanOrEqual(filled);
    expect(total).toBeLessThanOrEqual(filled + sent);
  };

  let done = 0;
  for (let kill = 1; kill <= KILLS; kill++) {
    const service = await startOn(file, { env: BOTH });
    const load = SteadyLoad.start(service.ports.http!);
    await eventually('more rows under the new key', () => (resealed(file) > done ? true : undefined));
    await pause(Math.random() * 200);
    await service.child.stop('SIGKILL');
    await load.stop();
    sent += load.sent;
    done = resealed(file);
    process.stdout.write(`killed with ${done} of ${MINUTES} rows under the new key\n`);
    giveLeaseBack(file);
  }

  const both = await startOn(file, { env: BOTH });
  const load = SteadyLoad.start(both.ports.http!);
  within(await totalOf(both));
  const startedAt = performance.now();
  await eventually(
    'a store under the new key alone',
    async () => ((await storeHealth(both.admin)).encryption === 'on' ? true : undefined),
    40_000,
  );
  process.stdout.write(`all under the new key after ${(performance.now() - startedAt).toFixed(0)} ms more\n`);
  await load.stop();
  expect(load.statuses).toEqual({ 200: load.sent });
  sent += load.sent;
  await both.stop();

  const alone = await startOn(file, { env: NEW_ALONE });
  const total = await totalOf(alone);
  within(total);
  expect(total).toBeGreaterThanOrEqual(filled + load.answered);
  expect(await storeHealth(alone.admin)).toMatchObject({ state: 'ok', encryption: 'on' });
  await alone.stop();
});

async function totalOf({ admin }: Service): Promise<number> {
  return ((await (await admin.get(ALL_OF_IT)).json()) as { total_requests: number }).total_requests;
}

/** Rows that are sealed under the new key. */
function resealed(file: string): number {
  const keyId = Keyring.of([NEW]).currentKeyId ?? null;
  const database = new DatabaseSync(file, { timeout: 5_000 });
  const rows = database.prepare('SELECT count(*) AS rows FROM window WHERE key_id = ?').get(keyId)?.rows;
  database.close();
  return Number(rows);
}

/** As a process does that ends well: nobody has to wait until the one that was killed counts as gone. */
function giveLeaseBack(file: string): void {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  database.exec('DELETE FROM state');
  database.close();
}
