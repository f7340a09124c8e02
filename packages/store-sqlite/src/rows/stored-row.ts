import { associatedData } from '../engine/associated-data.ts';
import { type Level, STEP_MS } from './levels.ts';

/** Of the payloads; a row of another is not read. */
export const ROW_SCHEMA = 1;

/** The last moment that a `Date` can show. */
export const MAX_EPOCH_MS = 8.64e15;
/** SQL for rows whose numbers can be read at all. Any other is damaged. */
export const PLAUSIBLE = `minute BETWEEN 0 AND ${MAX_EPOCH_MS} AND overrun BETWEEN 0 AND ${MAX_EPOCH_MS}
  AND stored BETWEEN 0 AND ${Number.MAX_SAFE_INTEGER}`;

/** What is stored of a window, each part sealed on its own. */
export type Part = 'head' | 'endpoints' | 'users';

/** Names a row for ever: none that comes later has the same. */
export interface RowKey {
  readonly level: Level;
  /** Epoch milliseconds: where it begins, a whole multiple of its level's step. */
  readonly minuteMs: number;
  readonly writer: string;
  readonly sequence: number;
}

/** All of a row but its payloads. */
export interface RowStamp extends RowKey {
  /** By how much it reaches past the step it begins in; mostly 0. */
  readonly overrunMs: number;
  /** Whether it is part of a row of the next level. */
  readonly rolled: boolean;
  /** Steady milliseconds: when the last of what it holds was stored. */
  readonly storedMs: number;
  readonly hasUsers: boolean;
}

/** Epoch milliseconds, excluded. */
export function endMsOf({
  level,
  minuteMs,
  overrunMs,
}: Pick<RowStamp, 'level' | 'minuteMs' | 'overrunMs'>): number {
  return minuteMs + STEP_MS[level] + overrunMs;
}

/** What `window.checksum` is of. */
export function stampBytes(stamp: RowStamp): Uint8Array {
  const { level, minuteMs, writer, sequence, overrunMs, rolled, storedMs, hasUsers } = stamp;
  const flags = [rolled ? 1 : 0, hasUsers ? 1 : 0];
  return associatedData(
    'window',
    level,
    minuteMs,
    writer,
    sequence,
    ROW_SCHEMA,
    overrunMs,
    storedMs,
    ...flags,
  );
}

/** What a part is sealed with. */
export function partPlace(part: Part, { level, minuteMs, writer, sequence }: RowKey): Uint8Array {
  return associatedData('window', part, level, minuteMs, writer, sequence, ROW_SCHEMA);
}
