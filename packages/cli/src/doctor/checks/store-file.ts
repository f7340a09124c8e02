import { dirname } from 'node:path';
import { HOUR_MS, MINUTE_MS, TachoError, type TachoErrorCode } from '@tacho/core';
import { CommandError } from '../../command-error.ts';
import { encryptionKeys } from '../../encryption-keys.ts';
import type { Environment } from '../../environment.ts';
import { untilAborted } from '../../until-aborted.ts';
import type { Check } from '../check.ts';
import { type Finding, ok, problem, skipped, warning } from '../finding.ts';
import { lockHolder } from '../lock-holder.ts';
import type { Patient } from '../patient.ts';
import { type StorePlace, storeOf } from '../store-place.ts';

const KEYS = 'TACHO_ENCRYPTION_KEY (or TACHO_ENCRYPTION_KEY_FILE)';

/** SQLite waits longer than that for others. */
const LIMIT_MS = 4_000;

/** A service that has nothing to store yet makes none. */
const MADE_WITHIN_MS = MINUTE_MS;

type Remedy = (path: string) => string;

const REMEDIES: Readonly<Partial<Record<TachoErrorCode, Remedy>>> = {
  TACHO_STORE_LOCKED: unlocking,
  TACHO_STORE_CORRUPT: (path) => `tacho repair --store ${path}`,
  TACHO_STORE_NEWER: () => 'Update tacho to the version that wrote it, or later: npm install tacho@latest',
  TACHO_STORE_ENCRYPTED: () => `Set ${KEYS} to the key that the service has.`,
  TACHO_STORE_WRONG_KEY: () =>
    `Set ${KEYS} to the key that the file was written with; of a new one, "new,old" reads both.`,
};

/** Whether the store's file can be read with the keys that there are. */
export const storeFile: Check = {
  id: 'store-file',
  group: 'store',
  async examine(patient) {
    const place = await storeOf(patient);
    const { path } = place;
    if (path === undefined) return [skipped('the store is in memory')];
    const late = patient.environment.clock.timeout(LIMIT_MS);
    try {
      const keys = encryptionKeys({ ...quietly(patient) });
      await untilAborted(readLatest(patient.environment, path, keys), late);
      return [ok(`${path} can be read${keys.length > 0 ? ', and has its key' : ''}`)];
    } catch (error) {
      if (late.aborted) return [tooLate(path, await lockHolder(path))];
      if (error instanceof CommandError) return [problem(error.message, `Mend ${KEYS}.`)];
      if (!(error instanceof TachoError)) throw error;
      return [error.code === 'TACHO_STORE_MISSING' ? missing(path, place) : judged(error, path)];
    }
  },
};

/** Of what it holds, the last hour: what keeps that from being read keeps all of it. */
async function readLatest(
  { stores, clock }: Environment,
  path: string,
  encryptionKeys: readonly Uint8Array[],
): Promise<void> {
  const reading = await stores.read(path, { encryptionKeys });
  try {
    await reading.window(clock.now() - HOUR_MS, clock.now());
  } finally {
    await reading.close();
  }
}

function unlocking(path: string): string {
  return `Find who keeps it with "fuser ${path}", and end that; then nothing has to be done, as what waits is in memory.`;
}

/** A disk may be slow, too: nobody is blamed who is not known. */
function tooLate(path: string, holder: number | undefined): Finding {
  const found = `${path} can't be read within ${LIMIT_MS / 1000} s`;
  if (holder === undefined)
    return skipped(`${found}: the machine is busy, or another process keeps it locked`);
  return problem(`${found}: process ${holder} keeps it locked`, unlocking(path));
}

function judged({ code, message, hint }: TachoError, path: string): Finding {
  return problem(message, REMEDIES[code]?.(path) ?? hint ?? `chmod 600 ${path}, for the service's own user.`);
}

function missing(path: string, { serviceHas, upMs }: StorePlace): Finding {
  const found = `${path} is not there`;
  if (serviceHas === undefined)
    return warning(
      found,
      'Run doctor in the folder that the service was started in, or say with --store where the file is; a service makes it within seconds.',
    );
  if (serviceHas !== path)
    return problem(
      `${found}; the service that answers has its store at ${serviceHas}`,
      `Say --store ${serviceHas}, or give the service TACHO_STORE=${path}.`,
    );
  if (upMs < MADE_WITHIN_MS) return ok(`${found} yet: the service has just started`);
  return problem(
    found,
    `Let the service's user write ${dirname(path)}; what is measured waits in memory until it can.`,
  );
}

/** What is loose about a key's file is another check's to tell. */
function quietly({ environment }: Patient): Parameters<typeof encryptionKeys>[0] {
  return { variables: environment.variables, folder: environment.folder, stderr: { write: () => {} } };
}
