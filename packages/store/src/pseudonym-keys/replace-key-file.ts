import { type FileHandle, open, rename, stat, unlink } from 'node:fs/promises';
import { systemCode } from './failure-reason.ts';
import { KEY_FILE_MODE } from './key-file.ts';

/** What a lock is known by: nobody holds one for as long as a minute. */
export interface SeenLock {
  identity: string | undefined;
}

/**
 * Replaces a key file while no other process does.
 *
 * @param next gives the text, or undefined where there is nothing to replace; called while the lock is held, so that
 * what it reads is what it replaces
 * @param seen the same one every time: a lock that is met twice was left behind by a process that died, and goes
 * @returns false where another process is at it
 */
export async function replaceKeyFile(
  path: string,
  next: () => string | undefined,
  seen: SeenLock,
): Promise<boolean> {
  const lock = `${path}.lock`;
  if (!(await take(lock, seen))) return false;
  try {
    const text = next();
    if (text !== undefined) await replace(path, text);
    return true;
  } finally {
    await unlink(lock);
  }
}

async function take(lock: string, seen: SeenLock): Promise<boolean> {
  try {
    await (await open(lock, 'wx', KEY_FILE_MODE)).close();
    seen.identity = undefined;
    return true;
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
  const identity = await identityOf(lock);
  if (identity !== undefined && identity === seen.identity) await unlink(lock);
  seen.identity = identity;
  return false;
}

async function identityOf(lock: string): Promise<string | undefined> {
  try {
    const { ino, mtimeNs } = await stat(lock, { bigint: true });
    return `${ino}-${mtimeNs}`;
  } catch {
    return undefined;
  }
}

async function replace(path: string, text: string): Promise<void> {
  const temporary = `${path}.new`;
  await unlink(temporary).catch(() => {});
  try {
    await writeDurably(temporary, text, path);
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw error;
  }
}

async function writeDurably(temporary: string, text: string, path: string): Promise<void> {
  const file = await open(temporary, 'wx', KEY_FILE_MODE);
  try {
    await file.writeFile(text);
    await keepOwner(file, path);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Where the superuser replaces a service's file, it stays the service's. */
async function keepOwner(file: FileHandle, path: string): Promise<void> {
  const { uid, gid } = await stat(path);
  const now = await file.stat();
  if (now.uid !== uid || now.gid !== gid) await file.chown(uid, gid);
}
