import { DAY_MS, type KeyPeriod } from '@tacho/core';
import { RETENTION_MS } from '../retention.ts';

/**
 * The keys under which users get their pseudonyms: a new one every 30 days, and the old ones for as long as rows may
 * have pseudonyms under them. Nothing here throws or rejects, and no warning has a key in it.
 */
export interface PseudonymKeys {
  /** `<id of the key period>-<32 hex digits>`: the same for the same name until the key is replaced. */
  pseudonymOf(user: string): string;
  /** Those under every key that is still known. */
  pseudonymsOf(user: string): string[];
  /** Oldest first; the last has no end. */
  periods(): KeyPeriod[];
  /** To be called once a minute: takes over what another process changed, and makes a new key when it is time. */
  refresh(nowMs: number): Promise<void>;
}

export interface PseudonymKeysOptions {
  /** How long a key is kept once it was replaced. */
  keepMs?: number;
  /** Called with one line when something is newly amiss. */
  warn?: (message: string) => void;
}

/** A row of a day begins a day before what came last in it, and rows may have waited to be stored. */
const MARGIN_MS = 2 * DAY_MS;

/** How long keys have to be kept where rows are kept for `retentionMs`. */
export function keyRetentionMs(retentionMs = RETENTION_MS): number {
  return retentionMs + MARGIN_MS;
}
