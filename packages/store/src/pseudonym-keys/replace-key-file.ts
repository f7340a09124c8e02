import { type FileHandle, open, rename, stat, unlink } from 'node:fs/promises';
import { KEY_FILE_MODE } from './key-file.ts';

/** Whole or not at all. To be called by whoever has the file's lock. */
export async function replaceKeyFile(path: string, text: string): Promise<void> {
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
