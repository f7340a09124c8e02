import { lstatSync } from 'node:fs';
import { systemCode } from './sqlite-error.ts';

/** Which file it is, whatever its name. */
export interface FileIdentity {
  readonly device: bigint;
  readonly inode: bigint;
}

/** Of what stands at the path itself, be it a symbolic link. @throws the file system's error */
export function identityOf(path: string): FileIdentity {
  const { dev, ino } = lstatSync(path, { bigint: true });
  return { device: dev, inode: ino };
}

/**
 * Whether the path still names the file. A file system that can't be asked says nothing: then it is taken for the
 * same one.
 */
export function isStillAt(path: string, file: FileIdentity): boolean {
  try {
    const { device, inode } = identityOf(path);
    return device === file.device && inode === file.inode;
  } catch (error) {
    const code = systemCode(error);
    return code !== 'ENOENT' && code !== 'ENOTDIR';
  }
}
