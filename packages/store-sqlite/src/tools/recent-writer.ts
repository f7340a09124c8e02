import type { DatabaseSync } from 'node:sqlite';
import type { Keyring } from '@tacho/store';
import { Meta } from '../rows/meta.ts';

/** Whether a process has written to the store since a time, in epoch milliseconds. */
export function wasWrittenSince(database: DatabaseSync, keyring: Keyring, sinceMs: number): boolean {
  const look = new Meta(database, keyring).get('steady time');
  return typeof look === 'object' && look !== null && 'clockMs' in look && Number(look.clockMs) >= sinceMs;
}
