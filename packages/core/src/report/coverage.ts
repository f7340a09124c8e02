import { timestamp } from './timestamp.ts';

/** What an answer is made from. */
export interface Coverage {
  /** Epoch milliseconds, included; finite. */
  readonly fromMs: number;
  /** Epoch milliseconds, excluded; Infinity where the end is open. */
  readonly toMs: number;
  /** How finely the bounds lie: on whole minutes, hours or days (UTC). */
  readonly resolution: 'minute' | 'hour' | 'day';
  /** Stored rows that were damaged, and are missing. */
  readonly skippedRows: number;
  /** Something that was stored could not be read. */
  readonly partial: boolean;
}

export interface CoverageReport {
  from: string;
  /** Excluded; now, where the end is open. */
  to: string;
  resolution: Coverage['resolution'];
  /** Something is missing: rows that were damaged, or that could not be read now. */
  partial: boolean;
}

/** @param nowMs epoch milliseconds */
export function coverageReport(coverage: Coverage, nowMs: number): CoverageReport {
  return {
    from: timestamp(coverage.fromMs),
    to: timestamp(Number.isFinite(coverage.toMs) ? coverage.toMs : Math.max(coverage.fromMs, nowMs)),
    resolution: coverage.resolution,
    partial: isPartial(coverage),
  };
}

export function isPartial({ partial, skippedRows }: Coverage): boolean {
  return partial || skippedRows > 0;
}
