import type { SlowRequests, Trends } from '@tacho/api-contract';
import type { Reports } from './reports.ts';

/**
 * Where samples come from. Every promise is settled in bounded time.
 *
 * **Errors.** A `CommandError`, one line that says what went wrong; the reason of `stop` once that is aborted.
 */
export interface ReportSource {
  /** The service's address, or the file's path. */
  readonly name: string;
  /** How far back reports reach, to now. */
  readonly hours: number;
  /** What a sample is made of. */
  reports(stop: AbortSignal): Promise<Reports>;
  /** @param endpoint `METHOD route`; undefined for all together @param hours how far back, from 1 to 720 */
  trends(endpoint: string | undefined, hours: number, stop: AbortSignal): Promise<Trends>;
  /** As many as are known, slowest first. */
  slowRequests(stop: AbortSignal): Promise<SlowRequests>;
  /** Never rejects. */
  close(): Promise<void>;
}
