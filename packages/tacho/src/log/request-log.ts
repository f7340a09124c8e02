import { type Clock, isSlow, MINUTE_MS, type RequestRecord } from '@tacho/core';
import type { LogEntry, Logger } from './logger.ts';
import { TokenBucket } from './token-bucket.ts';

const BURST = 20;
const LINES_PER_MINUTE = 60;

/**
 * A line for each slow request and each server error, without who sent it and without its query. When there are
 * too many, some are left out; how many, the next line says, or a line of its own within a minute.
 */
export class RequestLog {
  readonly #logger: Logger;
  readonly #clock: Clock;
  readonly #bucket: TokenBucket;
  readonly #stopTicking: () => void;
  #leftOut = 0;

  constructor(logger: Logger, clock: Clock) {
    this.#logger = logger;
    this.#clock = clock;
    this.#bucket = new TokenBucket({ burst: BURST, perMinute: LINES_PER_MINUTE, nowMs: clock.now() });
    this.#stopTicking = clock.every(MINUTE_MS, () => this.#sayLeftOut());
  }

  record(record: RequestRecord): void {
    const event = eventOf(record);
    if (event === undefined) return;
    if (!this.#bucket.take(this.#clock.now())) {
      this.#leftOut++;
      return;
    }
    const entry = entryOf(event, record, this.#leftOut);
    this.#leftOut = 0;
    if (event === 'server_error') this.#logger.error(entry);
    else this.#logger.warn(entry);
  }

  /** Says what was left out last. */
  stop(): void {
    this.#stopTicking();
    this.#sayLeftOut();
  }

  #sayLeftOut(): void {
    if (this.#leftOut === 0) return;
    this.#logger.warn({ event: 'requests_not_logged', left_out: this.#leftOut });
    this.#leftOut = 0;
  }
}

type RequestEvent = 'server_error' | 'slow_request';

/** A request that is both is one line. One that was aborted has neither a status nor a time of the service's. */
function eventOf(record: RequestRecord): RequestEvent | undefined {
  if (record.status >= 500 && record.outcome !== 'aborted') return 'server_error';
  return isSlow(record) ? 'slow_request' : undefined;
}

function entryOf(event: RequestEvent, record: RequestRecord, leftOut: number): LogEntry {
  return {
    event,
    method: record.method,
    route: record.route,
    status: record.status,
    duration_s: Number((record.durationMs / 1000).toFixed(6)),
    ...(record.outcome === 'completed' ? {} : { outcome: record.outcome }),
    trace_id: record.traceId ?? null,
    ...(leftOut === 0 ? {} : { left_out: leftOut }),
  };
}
