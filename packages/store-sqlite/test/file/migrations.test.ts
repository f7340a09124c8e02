import { copyFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { MIGRATIONS, schemaAt, schemaOf } from '../../src/file/migrations.ts';
import { openStoreFile } from '../../src/file/open-store-file.ts';
import { kill, startChild, whenItSpeaks } from './child.ts';
import { LATER } from './later-migrations.ts';
import { BUSY_TIMEOUT_MS, codeOf, createSample } from './sample-store.ts';
import { useScratchFolder } from './scratch-folder.ts';

const scratch = useScratchFolder();
const KILLS = 8;
const ROWS = 500;
const EXISTING = { mode: 'existing', busyTimeoutMs: BUSY_TIMEOUT_MS, migrations: LATER } as const;

/** How long a migration of the sample takes here, with what it takes to start the process. */
async function migrationMs(sample: string): Promise<number> {
  const path = scratch('timed.db');
  copyFileSync(sample, path);
  const startMs = performance.now();
  openStoreFile(path, EXISTING).close();
  return performance.now() - startMs;
}

describe('migrations', () => {
  it('lead from nothing to the schema', () => {
    expect(schemaAt(0, MIGRATIONS)).toEqual([]);
    const file = openStoreFile(scratch('fresh.db'), { ...EXISTING, mode: 'create', migrations: MIGRATIONS });
    expect(schemaOf(file.database)).toEqual(schemaAt(MIGRATIONS.length, MIGRATIONS));
    expect(file.database.prepare('PRAGMA user_version').get()).toEqual({ user_version: MIGRATIONS.length });
    expect(file.database.prepare('PRAGMA application_id').get()).toEqual({ application_id: 0x74616368 });
    file.close();
  });

  it('bring an earlier file up to date, where it may be written', () => {
    const path = scratch('earlier.db');
    createSample(path, 10);
    expect(codeOf(() => openStoreFile(path, { ...EXISTING, mode: 'read-only' }))).toBe(
      'TACHO_STORE_UNAVAILABLE',
    );
    const file = openStoreFile(path, EXISTING);
    expect(file.database.prepare('SELECT count(*) AS n FROM second_version').get()).toEqual({ n: 10 });
    file.close();
  });

  it('leave the file as it was where one fails', () => {
    const path = scratch('failing.db');
    createSample(path, 10);
    const migrations = [
      ...MIGRATIONS,
      'DELETE FROM window; CREATE TABLE half (a TEXT) STRICT; SELECT nonsense',
    ];
    expect(codeOf(() => openStoreFile(path, { ...EXISTING, migrations }))).toBe('TACHO_STORE_UNAVAILABLE');
    const file = openStoreFile(path, { ...EXISTING, migrations: MIGRATIONS });
    expect(file.database.prepare('SELECT count(*) AS n FROM window').get()).toEqual({ n: 10 });
    file.close();
  });

  it('are done once where processes begin together', async () => {
    const path = scratch('together.db');
    createSample(path, ROWS);
    const script = new URL('./migrating-process.ts', import.meta.url);
    const children = [1, 2, 3].map(() => startChild(script, path));
    const codes = children.map((child) => new Promise((resolve) => child.once('exit', resolve)));
    expect(await Promise.all(codes)).toEqual([0, 0, 0]);
    const file = openStoreFile(path, EXISTING);
    expect(file.database.prepare('SELECT count(*) AS n FROM second_version').get()).toEqual({ n: ROWS });
    file.close();
  });

  it('are all or nothing for a process that is killed', async () => {
    const sample = scratch('sample.db');
    createSample(sample, ROWS);
    const durationMs = await migrationMs(sample);
    const script = new URL('./migrating-process.ts', import.meta.url);
    const seen = new Set<unknown>();
    for (let count = 0; count < KILLS; count++) {
      const path = scratch(`killed-${count}.db`);
      copyFileSync(sample, path);
      const child = startChild(script, path);
      await whenItSpeaks(child);
      await sleep((durationMs * count) / KILLS);
      await kill(child);
      seen.add(expectWhole(path));
      openStoreFile(path, EXISTING).close();
      expect(expectWhole(path)).toBe(LATER.length);
    }
    expect(seen.size).toBeGreaterThan(1);
  });
});

/** @returns its version */
function expectWhole(path: string): unknown {
  const database = new DatabaseSync(path);
  const first = (sql: string) => Object.values(database.prepare(sql).get() ?? {})[0];
  const version = first('PRAGMA user_version');
  expect(schemaOf(database)).toEqual(schemaAt(Number(version), LATER));
  expect(first('PRAGMA integrity_check')).toBe('ok');
  expect(first('SELECT count(*) FROM endpoint')).toBe(ROWS);
  if (version === MIGRATIONS.length + 1)
    expect(first('SELECT count(*) FROM endpoint WHERE length(first_version) = 2000')).toBe(ROWS);
  if (version === MIGRATIONS.length + 2)
    expect(first('SELECT count(*) FROM second_version WHERE length(copy) = 2000')).toBe(ROWS);
  database.close();
  return version;
}
