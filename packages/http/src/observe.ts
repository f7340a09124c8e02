import type { Outcome, RequestRecord } from '@tacho/core';
import type { Exchange } from './exchange.ts';
import type { RequestTrace } from './request-trace.ts';

/**
 * Makes the records of requests from what the HTTP layer saw of them. There is one record, filled anew for each
 * request, so that nothing is allocated: whoever is given it copies what is to stay.
 */
export class ExchangeRecorder {
  readonly #record = new ExchangeRecord();

  /** @param exchange one that is over */
  recordOf(exchange: Exchange): RequestRecord {
    return this.#record.fill(exchange);
  }

  /** The last record has been taken: nothing of its request is held from here on. */
  letGo(): void {
    this.#record.letGo();
  }
}

class ExchangeRecord implements RequestRecord {
  startMs = 0.1;
  durationMs = 0.1;
  method = '';
  route = '';
  status = 0;
  outcome: Outcome = 'completed';
  user: string | undefined = undefined;
  #trace: RequestTrace | undefined = undefined;

  fill(exchange: Exchange): this {
    this.startMs = exchange.startMs;
    this.durationMs = exchange.durationMs;
    this.method = exchange.method;
    this.route = exchange.route;
    this.status = exchange.status;
    this.outcome = exchange.outcome ?? 'aborted';
    this.user = exchange.user;
    this.#trace = exchange.trace;
    return this;
  }

  letGo(): void {
    this.#trace = undefined;
  }

  /** Made when it is asked for: of most requests, nobody does. */
  get traceId(): string | undefined {
    return this.#trace?.traceId;
  }
}
