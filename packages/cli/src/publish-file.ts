import { link, open, rename, unlink } from 'node:fs/promises';
import { errorCode } from './error-code.ts';

/** How a file system says that it has no hard links. */
const NO_LINKS: ReadonlySet<string | undefined> = new Set([
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EMLINK',
]);

/**
 * Gives a finished file the name it is to be found by, whole or not at all, never over another file. Both
 * names are in one folder; `temporary` is gone afterwards.
 * @param hardLink for file systems without it the name is reserved by an empty file, then replaced
 * @throws `EEXIST` where `path` is taken; `temporary` is then still there
 */
export async function publishFile(temporary: string, path: string, hardLink = link): Promise<void> {
  try {
    await hardLink(temporary, path);
  } catch (error) {
    if (!NO_LINKS.has(errorCode(error))) throw error;
    await (await open(path, 'wx', 0o600)).close();
    await rename(temporary, path);
    return;
  }
  await unlink(temporary);
}
