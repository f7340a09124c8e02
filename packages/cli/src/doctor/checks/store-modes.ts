import { lstat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import process from 'node:process';
import type { Check } from '../check.ts';
import { type Finding, ok, problem, skipped } from '../finding.ts';
import { type Patient, variable } from '../patient.ts';
import { storeOf } from '../store-place.ts';

const OTHERS = 0o077;

/** Whether others than their owner may open what holds history, pseudonyms' keys, and encryption's. */
export const storeModes: Check = {
  id: 'store-modes',
  group: 'store',
  async examine(patient) {
    if (process.platform === 'win32') return [skipped('Windows has no such modes')];
    const { path } = await storeOf(patient);
    const open = (await Promise.all(privatePaths(patient, path).map(exposure))).filter(
      (one) => one !== undefined,
    );
    if (open.length > 0) return open;
    return [ok('what is private is for its owner alone')];
  },
};

function privatePaths(patient: Patient, store: string | undefined): readonly string[] {
  const keyFile = variable(patient, 'TACHO_ENCRYPTION_KEY_FILE');
  const keys = keyFile === undefined ? [] : [resolve(patient.environment.folder, keyFile)];
  if (store === undefined) return keys;
  // A store beside other files of the application's is in a folder that is not tacho's alone.
  const folder = dirname(store);
  const own = folder.endsWith('.tacho') ? [folder] : [];
  return [...own, store, `${store}-wal`, `${store}-shm`, `${store}.key`, ...keys];
}

async function exposure(path: string): Promise<Finding | undefined> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined || found.isSymbolicLink() || (found.mode & OTHERS) === 0) return undefined;
  const mode = (found.mode & 0o777).toString(8).padStart(4, '0');
  return problem(
    `${path} has mode ${mode}: others than its owner may open it`,
    `chmod ${found.isDirectory() ? '700' : '600'} ${path}`,
  );
}
