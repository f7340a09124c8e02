import { accessSync, constants } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { TachoError } from '@tacho/core';
import { checkIndexes, mendIndexes } from './check-indexes.ts';
import { type FileIdentity, identityOf, isStillAt } from './file-identity.ts';
import { checkSchema, inspectFile, openImmutable } from './inspect-file.ts';
import { chooseJournalMode, fileSystemOf, type JournalMode } from './journal-mode.ts';
import { MIGRATIONS, migrate } from './migrations.ts';
import { setPragma, userVersion } from './pragma.ts';
import { checkedPath, createPrivateFile, makePrivateFolder, sizeOf } from './private-files.ts';
import { storeError } from './sqlite-error.ts';
import { switchJournalMode } from './switch-journal-mode.ts';

export interface StoreFile {
  /** Absolute. */
  readonly path: string;
  readonly database: DatabaseSync;
  readonly journalMode: JournalMode;
  /** False once the path names another file, or none: what is written here would be lost. */
  isInPlace(): boolean;
  /** The second time it does nothing. */
  close(): void;
}

export interface StoreFileOptions {
  /** `create` makes what is missing, `existing` and `read-only` don't. All but `read-only` bring it up to date. */
  mode: 'create' | 'existing' | 'read-only';
  /** How long a call waits for the locks of others. */
  busyTimeoutMs: number;
  /** Past it the disk counts as full. */
  maxPages?: number;
  migrations?: readonly string[];
}

/** What every connection begins with: a schema that runs nothing, pages that are checked, nothing left behind. */
const CAUTION = `
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA secure_delete = ON;
PRAGMA temp_store = MEMORY;
PRAGMA mmap_size = 0;
`;

/** These are only heeded while the file is empty. */
const LAYOUT = 'PRAGMA page_size = 4096; PRAGMA auto_vacuum = INCREMENTAL';

/**
 * Opens a store's file, having made sure that it is one, without reading more of it than the
 * first pages of its tables, and its indexes.
 *
 * @throws TachoError. `TACHO_STORE_CORRUPT` for a file that may be moved aside; nothing else is. `TACHO_STORE_NEWER`
 * and files of other programs are left as they are, to the byte.
 */
export function openStoreFile(path: string, options: StoreFileOptions): StoreFile {
  const absolute = checkedPath(path);
  try {
    return options.mode === 'read-only' ? openToRead(absolute, options) : openToWrite(absolute, options);
  } catch (error) {
    throw storeError(error, absolute);
  }
}

function openToWrite(path: string, options: StoreFileOptions): StoreFile {
  const migrations = options.migrations ?? MIGRATIONS;
  if (options.mode === 'create') {
    makePrivateFolder(dirname(path));
    createPrivateFile(path);
  }
  const isNew = inspectFile(path, migrations) === 'empty';
  if (isNew && options.mode === 'existing') throw holdsNothing(path);
  accessSync(path, constants.R_OK | constants.W_OK);
  accessSync(dirname(path), constants.W_OK);
  const identity = identityOf(path);
  return opened(path, identity, new DatabaseSync(path, { defensive: true }), (database) => {
    configure(database, options);
    if (isNew) database.exec(LAYOUT);
    else checkSchema(database, path, migrations);
    migrate(database, migrations);
    checkSchema(database, path, migrations);
    const wanted = chooseJournalMode(sqliteVersion(database), fileSystemOf(dirname(path)));
    const mode = switchJournalMode(database, wanted.mode, options.busyTimeoutMs);
    // Not before: SQLite keeps a transaction open where the mode is changed after a check.
    mendIndexes(database, path);
    return mode;
  });
}

function openToRead(path: string, options: StoreFileOptions): StoreFile {
  const migrations = options.migrations ?? MIGRATIONS;
  if (inspectFile(path, migrations) === 'empty') throw holdsNothing(path);
  accessSync(path, constants.R_OK);
  const identity = identityOf(path);
  return opened(path, identity, databaseToRead(path), (database) => {
    configure(database, options);
    database.exec('PRAGMA query_only = ON');
    checkSchema(database, path, migrations);
    if (userVersion(database) < migrations.length) throw outdated(path);
    checkIndexes(database, path);
    return database.prepare('PRAGMA journal_mode').get()?.journal_mode === 'wal' ? 'wal' : 'truncate';
  });
}

/** A log can only be read together with memory that is shared by a file beside it, so the folder has to be writable. */
function databaseToRead(path: string): DatabaseSync {
  if (isWritable(path) && isWritable(dirname(path))) return new DatabaseSync(path, { defensive: true });
  if (sizeOf(`${path}-wal`) === 0 && sizeOf(`${path}-journal`) === 0) return openImmutable(path);
  return new DatabaseSync(path, { readOnly: true });
}

function configure(database: DatabaseSync, { busyTimeoutMs, maxPages }: StoreFileOptions): void {
  setPragma(database, 'busy_timeout', busyTimeoutMs);
  database.exec(CAUTION);
  if (maxPages !== undefined) setPragma(database, 'max_page_count', maxPages);
}

function opened(
  path: string,
  identity: FileIdentity,
  database: DatabaseSync,
  prepare: (database: DatabaseSync) => JournalMode,
): StoreFile {
  try {
    const journalMode = prepare(database);
    if (!isStillAt(path, identity)) throw replaced(path);
    return {
      path,
      database,
      journalMode,
      isInPlace: () => isStillAt(path, identity),
      close: () => {
        if (database.isOpen) database.close();
      },
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

function sqliteVersion(database: DatabaseSync): string {
  return String(database.prepare('SELECT sqlite_version() AS version').get()?.version);
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function holdsNothing(path: string): TachoError {
  return new TachoError('TACHO_STORE_MISSING', `${path}: the file is empty`);
}

function replaced(path: string): TachoError {
  return new TachoError('TACHO_STORE_UNAVAILABLE', `${path}: the file was replaced while it was opened`);
}

function outdated(path: string): TachoError {
  return new TachoError(
    'TACHO_STORE_UNAVAILABLE',
    `${path}: written by an earlier version, and can't be updated here`,
    { hint: 'A service of this version that runs on it updates it.' },
  );
}
