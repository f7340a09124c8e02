import { statfsSync } from 'node:fs';

export type JournalMode = 'wal' | 'truncate';

export interface JournalChoice {
  readonly mode: JournalMode;
  /** Why it is not the write-ahead log. */
  readonly because?: 'sqlite-version' | 'network-file-system';
}

/** Of file systems whose locks or shared memory don't reach all who write: `statfs`'s `f_type` on Linux. */
const NETWORK_FILE_SYSTEMS = new Set([
  0x6969, // NFS
  0x517b, // SMB
  0xfe534d42, // SMB 2
  0xff534d42, // CIFS
  0x65735546, // FUSE: sshfs, s3fs, virtiofs
  0x01021997, // 9P
  0x00c36400, // Ceph
  0x5346414f, // AFS
  0x6b414653, // kAFS
  0x73757245, // Coda
  0x564c, // NCP
  0x0bd00bd0, // Lustre
  0x47504653, // GPFS
  0x01161970, // GFS2
  0x7461636f, // OCFS2
  0x786f4256, // VirtualBox shared folders
]);

/**
 * A write-ahead log, where it is safe: SQLite before 3.51.3 (and its backports 3.50.7 and 3.44.6) can damage the
 * file when two connections reset the log at once, and the log's shared memory needs a file system of this machine.
 *
 * @param sqliteVersion as `sqlite_version()` has it
 * @param fileSystem `f_type`; undefined where it is not known
 */
export function chooseJournalMode(sqliteVersion: string, fileSystem: number | undefined): JournalChoice {
  if (!hasSafeLogReset(sqliteVersion)) return { mode: 'truncate', because: 'sqlite-version' };
  if (fileSystem !== undefined && NETWORK_FILE_SYSTEMS.has(fileSystem >>> 0)) {
    return { mode: 'truncate', because: 'network-file-system' };
  }
  return { mode: 'wal' };
}

/** @returns `f_type` of the file system the folder is on; undefined where it can't be told */
export function fileSystemOf(folder: string): number | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return statfsSync(folder).type;
  } catch {
    return undefined;
  }
}

function hasSafeLogReset(version: string): boolean {
  const [major, minor, patch] = version.split('.').map(Number);
  if (major === undefined || minor === undefined || patch === undefined) return false;
  if (major !== 3) return major > 3;
  if (minor === 44) return patch >= 6;
  if (minor === 50) return patch >= 7;
  if (minor === 51) return patch >= 3;
  return minor > 51;
}
