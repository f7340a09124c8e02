import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { openStoreFile } from '../../src/file/open-store-file.ts';
import { backup } from '../../src/tools/backup.ts';
import { restore } from '../../src/tools/restore.ts';
import { kill, startChild, whenItSpeaks } from '../file/child.ts';
import { BUSY_TIMEOUT_MS, codeOf, createSample, rowsIn, sha256 } from '../file/sample-store.ts';
import { useScratchFolder } from '../file/scratch-folder.ts';
import { createSealedStore, KEY } from './sealed-store.ts';
import { toolRun } from './tool-run.ts';

const scratch = useScratchFolder();
const ASIDE = '.before-restore-20261123T124501Z';

function backedUp(name: string, rows: number): string {
  createSample(scratch(`${name}-source.db`), rows);
  return backup({ file: scratch(`${name}-source.db`), to: scratch(`${name}.backup`) }, toolRun()).path;
}

describe('restore', () => {
  it('puts a backup, to the byte, where there is none', () => {
    const from = backedUp('none', 50);
    const file = scratch('new-folder/tacho.db');
    expect(restore({ from, file }, toolRun())).toEqual({ path: file, rows: 50, previous: undefined });
    expect(sha256(file)).toBe(sha256(from));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(scratch('new-folder')).sort()).toEqual(['.gitignore', 'tacho.db']);
    expect(rowsIn(file)).toBe(50);
  });

  it('moves what was there aside, which a service notices', () => {
    const from = backedUp('live', 50);
    const file = scratch('live.db');
    createSample(file, 5);
    const service = openStoreFile(file, { mode: 'create', busyTimeoutMs: BUSY_TIMEOUT_MS });
    service.database.exec("UPDATE state SET value = x'05'");
    const { previous } = restore({ from, file }, toolRun());
    expect(previous).toBe(file + ASIDE);
    expect(service.isInPlace()).toBe(false);
    expect(sha256(file)).toBe(sha256(from));
    service.close();
    expect(rowsIn(file)).toBe(50);
    const old = openStoreFile(previous ?? '', { mode: 'existing', busyTimeoutMs: BUSY_TIMEOUT_MS });
    expect(old.database.prepare('SELECT hex(value) AS value FROM state').get()).toEqual({ value: '05' });
    old.close();
    expect(rowsIn(previous ?? '')).toBe(5);
  });

  it('replaces files that are damaged, and keeps each', () => {
    const from = backedUp('damaged', 20);
    const file = scratch('damaged.db');
    writeFileSync(file, 'not a store');
    expect(restore({ from, file }, toolRun()).previous).toBe(file + ASIDE);
    expect(restore({ from, file }, toolRun()).previous).toBe(`${file + ASIDE}-2`);
    expect(readFileSync(file + ASIDE, 'utf8')).toBe('not a store');
  });

  it('takes a copy that was made of a running store, with its log', () => {
    const file = scratch('running.db');
    createSample(file, 5);
    const service = openStoreFile(file, { mode: 'create', busyTimeoutMs: BUSY_TIMEOUT_MS });
    service.database.exec('DELETE FROM window WHERE sequence > 1');
    for (const companion of ['', '-wal'])
      copyFileSync(file + companion, scratch(`running-copy.db${companion}`));
    service.close();
    expect(restore({ from: scratch('running-copy.db'), file: scratch('resumed.db') }, toolRun()).rows).toBe(
      2,
    );
  });

  describe('refuses', () => {
    const refused = (from: string, file: string, keys: Uint8Array[] = []) => {
      const before = existsSync(file) ? sha256(file) : undefined;
      const code = codeOf(() => restore({ from, file }, toolRun(keys)));
      expect(existsSync(file) ? sha256(file) : undefined).toBe(before);
      return code;
    };

    it('what is no whole backup of ours', () => {
      const file = scratch('present.db');
      createSample(file, 5);
      expect(refused(scratch('nothing.db'), file)).toBe('TACHO_STORE_MISSING');
      expect(refused(file, file)).toBe('TACHO_STORE_UNAVAILABLE');

      const text = scratch('text.db');
      writeFileSync(text, 'text');
      expect(refused(text, file)).toBe('TACHO_STORE_CORRUPT');

      const foreign = scratch('foreign.db');
      const database = new DatabaseSync(foreign);
      database.exec('CREATE TABLE a (b)');
      database.close();
      expect(refused(foreign, file)).toBe('TACHO_STORE_UNAVAILABLE');
      expect(refused(backedUp('fine', 3), foreign)).toBe('TACHO_STORE_UNAVAILABLE');

      const later = backedUp('later', 3);
      const newer = new DatabaseSync(later);
      newer.exec('PRAGMA user_version = 999');
      newer.close();
      expect(refused(later, file)).toBe('TACHO_STORE_NEWER');

      const damaged = backedUp('hurt', 300);
      const content = readFileSync(damaged);
      content.fill(0xee, content.length - 8192);
      writeFileSync(damaged, content);
      expect(refused(damaged, file)).toBe('TACHO_STORE_CORRUPT');
      expect(readdirSync(scratch('.')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    });

    it('what the keys do not open', () => {
      const from = scratch('encrypted.db');
      createSealedStore(from, 5, [KEY]);
      const file = scratch('keyed.db');
      expect(refused(from, file)).toBe('TACHO_STORE_ENCRYPTED');
      expect(refused(from, file, [new Uint8Array(32).fill(9)])).toBe('TACHO_STORE_WRONG_KEY');
      expect(restore({ from, file }, toolRun([KEY])).rows).toBe(5);
    });

    it('while another process has been writing for five seconds', () => {
      const from = backedUp('locked', 3);
      const file = scratch('locked.db');
      createSample(file, 5);
      const writer = openStoreFile(file, { mode: 'existing', busyTimeoutMs: 0 });
      writer.database.exec('BEGIN IMMEDIATE');
      expect(refused(from, file)).toBe('TACHO_STORE_LOCKED');
      writer.close();
    });
  });

  it('waits for another process that writes without end', async () => {
    const from = backedUp('written', 20);
    mkdirSync(scratch('written'));
    const file = scratch('written/tacho.db');
    createSample(file, 5);
    const writer = startChild(new URL('./writing-process.ts', import.meta.url), file);
    await whenItSpeaks(writer);
    const { previous } = restore({ from, file }, toolRun());
    await kill(writer);
    expect(rowsIn(file)).toBe(20);
    expect(rowsIn(previous ?? '')).toBeGreaterThan(100);
  });
});
