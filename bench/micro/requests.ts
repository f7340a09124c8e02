import type { Outcome, RequestRecord } from '@tacho/core';
import { randomSource } from '../store/generator.ts';

const METHODS = ['GET', 'POST', 'PUT', 'DELETE'];
const SIGMA = 0.6;
/** A power of two, so that the next one is a mask away. */
const DURATIONS = 65_536;
const START_MS = Date.UTC(2026, 0, 31, 15, 20) + 0.25;

export interface Traffic {
  readonly endpoints: number;
  /** Share of requests that are answered with status 500. */
  readonly errors: number;
  /** None: requests have no user. */
  readonly users: number;
  /** What each lasts longer than its latency. */
  readonly atLeastMs: number;
}

/**
 * The endpoints of a service in turn, latency log-normal (sigma 0.6) around 4 to 200 ms. There is one record, filled
 * anew for each request, as there is in a service.
 */
export class Requests {
  readonly #record = new ReusedRecord();
  readonly #methods: readonly string[];
  readonly #routes: readonly string[];
  readonly #users: readonly (string | undefined)[];
  readonly #durationsMs: Float64Array;
  readonly #statuses: Uint16Array;
  #endpoint = 0;
  #user = 0;
  #duration = 0;

  constructor({ endpoints, errors, users, atLeastMs }: Traffic) {
    const random = randomSource(1);
    this.#methods = Array.from({ length: endpoints }, (_, index) => METHODS[index % METHODS.length]!);
    this.#routes = Array.from({ length: endpoints }, (_, index) => `/api/v1/orders/{id}/items/${index >> 1}`);
    this.#users = users === 0 ? [undefined] : Array.from({ length: users }, (_, index) => pseudonym(index));
    this.#durationsMs = Float64Array.from({ length: DURATIONS }, (_, index) => {
      const medianMs = 4 + (((index % endpoints) * 37) % 196);
      return atLeastMs + medianMs * Math.exp(SIGMA * gauss(random));
    });
    this.#statuses = Uint16Array.from({ length: DURATIONS }, () => (random() < errors ? 500 : 200));
  }

  next(): RequestRecord {
    this.#endpoint = (this.#endpoint + 1) % this.#routes.length;
    this.#user = (this.#user + 1) % this.#users.length;
    this.#duration = (this.#duration + 1) & (DURATIONS - 1);
    const record = this.#record;
    record.startMs = START_MS;
    record.durationMs = this.#durationsMs[this.#duration]!;
    record.method = this.#methods[this.#endpoint]!;
    record.route = this.#routes[this.#endpoint]!;
    record.status = this.#statuses[this.#duration]!;
    record.user = this.#users[this.#user];
    return record;
  }
}

/** Times begin as floats: a field that did not would have to be changed into one. */
class ReusedRecord implements RequestRecord {
  startMs = 0.1;
  durationMs = 0.1;
  method = '';
  route = '';
  status = 0;
  outcome: Outcome = 'completed';
  user: string | undefined = undefined;

  get traceId(): string | undefined {
    return '0af7651916cd43dd8448eb211c80319c';
  }
}

function pseudonym(index: number): string {
  return `k1-${index.toString(16).padStart(32, '0')}`;
}

/** Box and Muller. */
function gauss(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
