import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders: string[] = [];

/** In memory, where Linux has it. */
const SHARED_MEMORY = '/dev/shm';

/** A folder of a test's own. */
export function temporaryFolder(): Promise<string> {
  return folderIn(tmpdir());
}

/** The same in memory, where there is such a place: no disk that others keep busy holds up what is measured in it. */
export function folderInMemory(): Promise<string> {
  return folderIn(existsSync(SHARED_MEMORY) ? SHARED_MEMORY : tmpdir());
}

async function folderIn(parent: string): Promise<string> {
  const folder = await mkdtemp(join(parent, 'tacho-test-'));
  folders.push(folder);
  return folder;
}

/** Removes the folders that a test has made. For `afterEach` or `afterAll`, once nothing writes to them. */
export async function removeFolders(): Promise<void> {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
}
