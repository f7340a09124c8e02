import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { type Clock, DAY_MS, type WindowLimits } from '@tacho/core';
import {
  inMemoryPseudonymKeys,
  type Journal,
  keyRetentionMs,
  MemoryJournal,
  MemoryState,
  MemoryStore,
  openPseudonymKeys,
  type PseudonymKeys,
  SpooledStore,
  type State,
  type WindowRow,
  type WindowStore,
} from '@tacho/store';
import type { SqliteStore } from '@tacho/store-sqlite';
import type { Config } from '../config/config.ts';
import type { Notices } from '../log/notices.ts';
import { within } from '../within.ts';
import { tellNotice } from './store-notices.ts';

const require = createRequire(import.meta.url);
const loadSqlite = () => require('#store-sqlite') as typeof import('@tacho/store-sqlite');

/** How long a process that is about to end waits for the store; once it has passed, what is left goes beside it. */
const LAST_FLUSH_LIMIT_MS = 400;
const PENDING_LIMIT_MS = 200;
const CLOSE_LIMIT_MS = 250;
/** The same where nothing asynchronous happens any more. */
const EXIT_LIMIT_MS = 100;

/** How long an answer waits for what other processes have not stored yet. */
const GATHER_LIMIT_MS = 200;

export interface OpenedStore {
  /** This run of this process. */
  readonly writer: string;
  readonly windows: WindowStore;
  readonly state: State;
  readonly journal: Journal;
  readonly pseudonymKeys: PseudonymKeys;
  /** @param to a path at which there is nothing yet. Undefined where there is no file to copy */
  readonly backup: ((to: string) => Promise<unknown>) | undefined;
  /** Has all processes that share the store store what they have measured, in bounded time. Never rejects. */
  gather(): Promise<void>;
  /** Stores rows, and those that wait, before it returns, or gives up soon. @returns whether it did */
  appendNow(rows: readonly WindowRow[]): boolean;
  /**
   * Stores all there is and closes, in bounded time. What can't be stored now is left for the next process.
   * Never rejects.
   *
   * @param flush hands over what was measured last
   */
  end(flush: () => Promise<void>): Promise<void>;
}

export interface StoreSurroundings {
  readonly clock: Clock;
  readonly notices: Notices;
  readonly limits: WindowLimits;
  /** Stores what this process has measured so far. */
  readonly flush: () => Promise<void>;
}

/** Opens what the configuration asks for. Nothing is read or written yet but the keys of pseudonyms. */
export function openStore(config: Config, surroundings: StoreSurroundings): OpenedStore {
  const { store } = config;
  return store.kind === 'memory' ? inMemory(config, surroundings) : inFile(store.path, config, surroundings);
}

function inMemory(config: Config, { clock, limits }: StoreSurroundings): OpenedStore {
  const retentionMs = config.retentionDays.days * DAY_MS;
  const windows = new MemoryStore({ clock, limits, maxBytes: config.maxStoreBytes, retentionMs });
  return {
    writer: randomUUID(),
    windows,
    state: new MemoryState({ clock }),
    journal: new MemoryJournal(),
    pseudonymKeys: inMemoryPseudonymKeys(clock.now(), keyRetentionMs(retentionMs)),
    backup: undefined,
    gather: async () => {},
    appendNow: () => true,
    end: async (flush) => {
      await Promise.allSettled([flush()]);
      await windows.close();
    },
  };
}

function inFile(path: string, config: Config, surroundings: StoreSurroundings): OpenedStore {
  const { clock, notices, limits, flush } = surroundings;
  const { minutes, hours, days } = config.retentionDays;
  const writer = randomUUID();
  const { makePrivateFolder, SqliteStore } = loadSqlite();
  const file = new SqliteStore({
    path,
    encryptionKeys: config.encryption.keys,
    limits,
    retentionMs: { minute: minutes * DAY_MS, hour: hours * DAY_MS, day: days * DAY_MS },
    maxBytes: config.maxStoreBytes,
    writer,
    clock,
    onNotice: (notice) => tellNotice(notice, path, notices),
    flush,
  });
  const windows = new SpooledStore({ disk: file.windows, clock, limits });
  try {
    // The file of keys needs its folder at once, the store's own file only when something is stored.
    makePrivateFolder(dirname(path));
  } catch {
    // Whoever needs the folder next says what is wrong with it.
  }
  return {
    writer,
    windows,
    state: file.state,
    journal: file.journal,
    pseudonymKeys: openPseudonymKeys(`${path}.key`, clock.now(), {
      keepMs: keyRetentionMs(days * DAY_MS),
      warn: (message) => notices.warn(message),
    }),
    backup: (to) => file.backup(to),
    gather: async () => void (await within(GATHER_LIMIT_MS, file.gather())),
    appendNow: (rows) => appendNow(file, [...windows.offerAll(), ...rows]),
    end: (flush) => endFile(file, windows, flush),
  };
}

/** Where the file is not written soon, the rows go beside it. They are not counted twice if it was, after all. */
function appendNow(file: SqliteStore, rows: readonly WindowRow[]): boolean {
  if (file.appendAtExit(rows, EXIT_LIMIT_MS)) return true;
  try {
    file.savePendingAtExit(rows);
  } catch {
    // The folder can't be written either: they stay in memory, for as long as the process goes on.
  }
  return false;
}

async function endFile(file: SqliteStore, windows: SpooledStore, flush: () => Promise<void>): Promise<void> {
  file.hold();
  await within(LAST_FLUSH_LIMIT_MS, flush());
  await within(PENDING_LIMIT_MS, file.savePending(windows.offerAll()));
  await within(CLOSE_LIMIT_MS, Promise.all([windows.close(), file.close()]));
}
