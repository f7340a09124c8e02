import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { failure } from './command-error.ts';
import { failureReason } from './failure-reason.ts';
import { quoted } from './shown.ts';

/**
 * Puts a text into a file, for its owner alone, whole or not at all: whatever was in its place is replaced.
 * @throws `CommandError`
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.part`;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw failure(`can't write ${quoted(path)}: ${failureReason(error)}`);
  }
}
