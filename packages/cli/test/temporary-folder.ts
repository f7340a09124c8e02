import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';

/** An empty folder for each test of the file. */
export function folderEachTest(): { readonly path: string } {
  let path = '';
  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), 'tacho-cli-'));
  });
  afterEach(async () => {
    await rm(path, { recursive: true });
  });
  return {
    get path() {
      return path;
    },
  };
}
