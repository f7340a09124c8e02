import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { TachoError } from '@tacho/core';
import type { RestoreResult } from '@tacho/store';
import { Sealings } from '../engine/sealings.ts';
import { identityOf, isStillAt } from '../file/file-identity.ts';
import { openStoreFile } from '../file/open-store-file.ts';
import { checkedPath, sizeOf } from '../file/private-files.ts';
import { storeError } from '../file/sqlite-error.ts';
import { copyInto } from './backup.ts';
import { checkCopy, TOOL_BUSY_TIMEOUT_MS } from './check-copy.ts';
import { Place } from './place.ts';
import { withTemporaryFile } from './temporary-file.ts';
import type { ToolContext } from './tool-context.ts';

export interface RestoreArguments {
  /** What `backup` wrote. */
  readonly from: string;
  readonly file: string;
}

const LABEL = 'before-restore';
const CHUNK_BYTES = 1024 * 1024;

/**
 * Puts a copy of a backup in the place of the store's file, once all of it was checked. What was there is moved
 * aside; services go on with the copy.
 *
 * @throws TachoError, and then everything is as it was
 */
export function restore({ from, file }: RestoreArguments, context: ToolContext): RestoreResult {
  const path = checkedPath(file);
  const source = checkedPath(from);
  try {
    assertReadable(source, context);
    if (isStillAt(path, identityOf(source))) throw isTheStore(source);
    const place = new Place(path);
    try {
      let previous: string | undefined;
      const rows = withTemporaryFile(
        path,
        context,
        (temporary) => copyChecked(source, temporary, context),
        (temporary) => {
          previous = place.take(temporary, LABEL, context.nowMs);
        },
      );
      return { path, rows, previous };
    } finally {
      place.leave();
    }
  } catch (error) {
    throw storeError(error, path);
  }
}

/** @throws TachoError where it is not ours, later than ours, or sealed with other keys */
function assertReadable(source: string, { keyring }: ToolContext): void {
  const backup = openStoreFile(source, { mode: 'read-only', busyTimeoutMs: TOOL_BUSY_TIMEOUT_MS });
  try {
    new Sealings(backup.database, keyring).assertReadable();
  } finally {
    backup.close();
  }
}

function copyChecked(source: string, temporary: string, context: ToolContext): number {
  if (sizeOf(`${source}-wal`) > 0) return copyWithLog(source, temporary, context);
  copyBytes(source, temporary, context);
  return checkCopy(temporary, source);
}

/** What was copied while a service had it open. */
function copyWithLog(source: string, temporary: string, context: ToolContext): number {
  const backup = openStoreFile(source, { mode: 'read-only', busyTimeoutMs: TOOL_BUSY_TIMEOUT_MS });
  try {
    const total = sizeOf(source);
    return copyInto(backup.database, temporary, source, () => context.report(total, total));
  } finally {
    backup.close();
  }
}

/** A backup is restored to the byte. */
function copyBytes(source: string, temporary: string, context: ToolContext): void {
  const total = sizeOf(source);
  const chunk = Buffer.alloc(CHUNK_BYTES);
  const input = openSync(source, 'r');
  const output = openSync(temporary, 'w');
  try {
    for (let done = 0, bytes = -1; bytes !== 0; done += bytes) {
      context.report(done, total);
      bytes = readSync(input, chunk, 0, CHUNK_BYTES, done);
      for (let written = 0; written < bytes; ) written += writeSync(output, chunk, written, bytes - written);
    }
  } finally {
    closeSync(input);
    closeSync(output);
  }
}

function isTheStore(path: string): TachoError {
  return new TachoError('TACHO_STORE_UNAVAILABLE', `${path}: that is the store itself, not a backup of it`);
}
