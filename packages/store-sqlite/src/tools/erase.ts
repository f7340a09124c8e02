import { randomUUID } from 'node:crypto';
import { DAY_MS, SECOND_MS } from '@tacho/core';
import { type EraseResult, pseudonymsIn } from '@tacho/store';
import { Sealings } from '../engine/sealings.ts';
import { openStoreFile, type StoreFile } from '../file/open-store-file.ts';
import { checkedPath } from '../file/private-files.ts';
import { storeError } from '../file/sqlite-error.ts';
import { WindowRows } from '../rows/window-rows.ts';
import { TOOL_BUSY_TIMEOUT_MS } from './check-copy.ts';
import { wasWrittenSince } from './recent-writer.ts';
import { WHOLE_ROW } from './stored-facts.ts';
import type { ToolContext } from './tool-context.ts';

export interface EraseArguments {
  readonly file: string;
  /** The name, as the service gets it. */
  readonly user: string;
}

/** A running service writes every ten seconds, and says so in the file. */
const RUNNING_WITHIN_MS = 60 * SECOND_MS;

/** By then a running service has stored what it had measured when the work began. */
const FLUSHED_AFTER_MS = 12 * SECOND_MS;

/**
 * Removes a user under every pseudonym of the key file. What was measured but not yet stored when the work begins is
 * erased too: where a service is running, there is a second pass after it has been stored. What the user does
 * meanwhile is recorded like that of any other.
 *
 * @param flushedAfterMs how long a running service may take to store what it has measured
 * @throws TachoError `TACHO_STORE_MISSING` without the key file too
 */
export function erase(
  { file, user }: EraseArguments,
  context: ToolContext,
  flushedAfterMs = FLUSHED_AFTER_MS,
): EraseResult {
  const path = checkedPath(file);
  // What is wrong with the store comes before what is wrong with its key file.
  openStoreFile(path, { mode: 'read-only', busyTimeoutMs: TOOL_BUSY_TIMEOUT_MS }).close();
  const pseudonyms = pseudonymsIn(`${path}.key`, user);
  const store = openStoreFile(path, { mode: 'existing', busyTimeoutMs: TOOL_BUSY_TIMEOUT_MS });
  try {
    return { pseudonyms: pseudonyms.length, rows: eraseFrom(store, pseudonyms, context, flushedAfterMs) };
  } catch (error) {
    throw storeError(error, path);
  } finally {
    store.close();
  }
}

/** @returns rows that were changed */
function eraseFrom(
  { database }: StoreFile,
  pseudonyms: readonly string[],
  context: ToolContext,
  flushedAfterMs: number,
): number {
  const { keyring, nowMs, report } = context;
  const sealings = new Sealings(database, keyring);
  sealings.assertReadable();
  sealings.declare();
  const isRunning = wasWrittenSince(database, keyring, nowMs - RUNNING_WITHIN_MS);
  const passes = isRunning ? 2 : 1;
  report(0, passes);
  const rows = new WindowRows({ database, keyring, ...UNUSED_LIMITS, writer: randomUUID() });
  let changed = rows.erase(pseudonyms);
  report(1, passes);
  if (isRunning) {
    pause(flushedAfterMs);
    changed += rows.erase(pseudonyms);
    report(2, passes);
  }
  return changed;
}

/** Nothing is added, rolled up or let go here. */
const UNUSED_LIMITS = {
  limits: WHOLE_ROW,
  retentionMs: { minute: 30 * DAY_MS, hour: 30 * DAY_MS, day: 30 * DAY_MS },
  maxBytes: Number.MAX_SAFE_INTEGER,
} as const;

/** Of a worker that nobody waits for. */
function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
