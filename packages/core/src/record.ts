/**
 * The shapes that requests and the host take once they are past the border; `runtime-sample.ts` has that of processes. Durations and epoch times are
 * float64 milliseconds; the guide's seconds appear only in `report/`.
 */

/**
 * How a request ended.
 * - `completed`: the whole response was handed to the connection. Counts, times and errors are of these.
 * - `aborted`: the connection closed before the response was finished. Its duration says when the client
 *   gave up, not how fast the service is, so it stands beside the times.
 * - `streamed`: an event stream, an upgraded connection or a long body written in pieces. Its duration is
 *   the length of a conversation, so it stands beside the times too.
 */
export type Outcome = 'completed' | 'aborted' | 'streamed';

export const OUTCOMES: readonly Outcome[] = ['completed', 'aborted', 'streamed'];

/** One request. */
export interface RequestRecord {
  /** Epoch milliseconds, UTC, when the request's headers had arrived whole. */
  startMs: number;
  /** Milliseconds from there until the response was finished or the connection closed. */
  durationMs: number;
  /** One of the nine methods of RFC 9110 and RFC 5789, or `_OTHER`. */
  method: string;
  /** The router's template, one learned from URLs, or `OVERFLOW_ROUTE`. Never a raw URL. */
  route: string;
  /** The status code sent; of no meaning where the outcome is `aborted`. */
  status: number;
  outcome: Outcome;
  /** A pseudonym, never a name or an address. */
  user: string | undefined;
  /** Lower-case hex, 32 digits. */
  traceId: string | undefined;
}

/** The host, at one moment. A figure the host does not give is null. */
export interface SystemSample {
  /** Epoch milliseconds, UTC. */
  timestampMs: number;
  /** Share of the CPUs this process may use that was busy since the sample before, 0 to 100. */
  cpuPercent: number | null;
  /** Share of the memory this process may use that is in use, 0 to 100. */
  memoryPercent: number | null;
  memoryAvailableBytes: number | null;
  diskPercent: number | null;
  diskFreeBytes: number | null;
}

/** Stands for every route past the cap on distinct routes; `endpoint-table.ts` keeps its one entry. */
export const OVERFLOW_ROUTE = '{overflow}';
