import { readFile, stat } from 'node:fs/promises';

/** The bytes of a SQLite file that every reader locks: whoever has one of them to write keeps all others out. */
const SHARED_FIRST = 0x4000_0002;
const SHARED_LAST = SHARED_FIRST + 509;

/** `1: POSIX  ADVISORY  WRITE 4711 08:01:1234 1073741826 1073742335`, where Linux tells of locks. */
const LOCK = /^\d+: \S+\s+\S+\s+WRITE (-?\d+) \S+:(\d+) (\d+) (\d+|EOF)$/gm;

/** @returns the process that keeps everybody out of a SQLite file; undefined where none does, or nobody can tell */
export async function lockHolder(path: string): Promise<number | undefined> {
  try {
    const [{ ino }, locks] = await Promise.all([stat(path), readFile('/proc/locks', 'utf8')]);
    for (const [, pid, inode, first, last] of locks.matchAll(LOCK)) {
      const isShared = Number(first) <= SHARED_LAST && (last === 'EOF' || Number(last) >= SHARED_FIRST);
      if (Number(inode) === ino && isShared) return Number(pid);
    }
    return undefined;
  } catch {
    return undefined;
  }
}
