import type { RequestRecord, SystemSample } from './record.ts';

/** What a `Date` can show (ECMA-262, time values), so every time that was let in can be rendered. */
const MAX_EPOCH_MS = 8.64e15;
/** A year. A longer request is a broken clock, and its like would take sums past where integers are exact. */
const MAX_DURATION_MS = 365 * 86_400_000;

/** Whether the numbers of a record are fit to be counted: a NaN, once in a sum, never leaves it. */
export function isValidRecord(record: RequestRecord): boolean {
  return isEpochMs(record.startMs) && isDurationMs(record.durationMs);
}

/** Whether a sample has a time, and no figure but null or a number from 0 up. */
export function isValidSample(sample: SystemSample): boolean {
  return (
    isEpochMs(sample.timestampMs) &&
    isFigure(sample.cpuPercent) &&
    isFigure(sample.memoryPercent) &&
    isFigure(sample.memoryAvailableBytes) &&
    isFigure(sample.diskPercent) &&
    isFigure(sample.diskFreeBytes)
  );
}

export function isDurationMs(value: number): boolean {
  return value >= 0 && value <= MAX_DURATION_MS;
}

export function isEpochMs(value: number): boolean {
  return value >= 0 && value <= MAX_EPOCH_MS;
}

function isFigure(value: number | null): boolean {
  return value === null || (Number.isFinite(value) && value >= 0);
}
