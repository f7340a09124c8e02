import { createHash } from 'node:crypto';
import { closeSync, constants, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { makePrivateFolder } from '../file/private-files.ts';

/** Where processes leave the rows that they could not store before they ended. */
export function pendingFolder(storePath: string): string {
  return `${storePath}.pending`;
}

const { O_CREAT, O_WRONLY, O_TRUNC, O_NOFOLLOW } = constants;
const FLAGS = O_CREAT | O_WRONLY | O_TRUNC | O_NOFOLLOW;
const MODE = 0o600;

/** Written and synced before it gets the name under which it is looked for. Rejects with the file system's error. */
export async function savePendingFile(storePath: string, bytes: Uint8Array): Promise<void> {
  const { unfinished, finished } = namesFor(storePath, bytes);
  const file = await open(unfinished, FLAGS, MODE);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, finished);
}

/** The same, for a process that is about to exit. */
export function savePendingFileAtExit(storePath: string, bytes: Uint8Array): void {
  const { unfinished, finished } = namesFor(storePath, bytes);
  const file = openSync(unfinished, FLAGS, MODE);
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(unfinished, finished);
}

/** Named after the content, so that no two are in each other's way. */
function namesFor(storePath: string, bytes: Uint8Array): { unfinished: string; finished: string } {
  const folder = pendingFolder(storePath);
  makePrivateFolder(folder);
  const name = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
  return { unfinished: join(folder, `${name}.unfinished`), finished: join(folder, `${name}.rows`) };
}
