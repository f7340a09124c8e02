import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY_MS, HOUR_MS } from '@tacho/core';
import { openPseudonymKeys } from '../../src/pseudonym-keys/file-keys.ts';
import type { PseudonymKeys } from '../../src/pseudonym-keys/pseudonym-keys.ts';

export const NOW_MS = Date.parse('2025-07-19T01:42:25.123Z');
export const NAME = 'user@sharif.edu';

interface KeyFileJson {
  hours: number;
  keys: { id: string; created: string; key: string }[];
}

/** A folder of a test's own, and the key file in it. */
export class KeyFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'tacho-keys-'));
  readonly file = join(this.path, 'tacho.db.key');
  readonly warnings: string[] = [];

  open(nowMs = NOW_MS, keepMs?: number): PseudonymKeys {
    const warn = (message: string) => this.warnings.push(message);
    return openPseudonymKeys(this.file, nowMs, keepMs === undefined ? { warn } : { warn, keepMs });
  }

  text(): string {
    return readFileSync(this.file, 'utf8');
  }

  json(): KeyFileJson {
    return JSON.parse(this.text());
  }

  /** The permissions, in octal. */
  mode(): string {
    return (statSync(this.file).mode & 0o777).toString(8);
  }

  names(): string[] {
    return readdirSync(this.path).sort();
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** As a service does, but once an hour. @returns when it ended */
export async function runFor(keys: PseudonymKeys, fromMs: number, days: number): Promise<number> {
  const endMs = fromMs + days * DAY_MS;
  for (let nowMs = fromMs; nowMs <= endMs; nowMs += HOUR_MS) await keys.refresh(nowMs);
  return endMs;
}

export function idsOf(keys: PseudonymKeys): string[] {
  return keys.periods().map(({ id }) => id);
}
