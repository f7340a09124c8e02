import { Aggregator, type RequestRecord, type Window } from '@tacho/core';

/** Seeded (mulberry32), so that two runs measure the same. */
export function randomSource(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE'];
const RESOURCES = ['users', 'orders', 'items', 'carts', 'payments', 'invoices', 'reports', 'sessions'];

const MAX_PER_MINUTE = 600;
const SIGMA = 0.6;

interface Endpoint {
  readonly method: string;
  readonly route: string;
  readonly requestsPerMinute: number;
  readonly medianMs: number;
}

/**
 * A service's minutes: requests of an endpoint by Zipf's law over the endpoints, 600 a minute for the busiest and
 * at least one for each; latency log-normal with sigma 0.6 around 4 to 200 ms; 2 % errors; 200 users.
 */
export class TrafficGenerator {
  readonly #endpoints: readonly Endpoint[];
  readonly #random: () => number;
  readonly #aggregator = new Aggregator({ nowMs: 0 });
  readonly #record: RequestRecord = {
    startMs: 0,
    durationMs: 0,
    method: '',
    route: '',
    status: 200,
    outcome: 'completed',
    user: undefined,
    traceId: undefined,
  };

  constructor(endpoints: number, seed = 1) {
    this.#random = randomSource(seed);
    this.#endpoints = Array.from({ length: endpoints }, (_, index) => endpointAt(index));
    this.#aggregator.seal(0);
  }

  /** What one process seals at the end of a stretch of time. */
  window(startMs: number, lengthMs: number): Window {
    this.#aggregator.seal(startMs);
    for (const endpoint of this.#endpoints) this.#requests(endpoint, startMs, lengthMs / 60_000);
    this.#aggregator.addSample({
      timestampMs: startMs + lengthMs - 1,
      cpuPercent: 100 * this.#random(),
      memoryPercent: 50,
      memoryAvailableBytes: 8e9,
      diskPercent: 60,
      diskFreeBytes: 2e10,
    });
    return this.#aggregator.seal(startMs + lengthMs);
  }

  #requests(
    { method, route, requestsPerMinute, medianMs }: Endpoint,
    startMs: number,
    minutes: number,
  ): void {
    const mean = requestsPerMinute * minutes;
    const requests = Math.max(Number(minutes >= 1), Math.round(mean + Math.sqrt(mean) * this.#gauss()));
    const record = this.#record;
    record.method = method;
    record.route = route;
    for (let n = 0; n < requests; n++) {
      record.startMs = startMs + n;
      record.durationMs = medianMs * Math.exp(SIGMA * this.#gauss());
      record.status = this.#random() < 0.02 ? 500 : 200;
      record.user = USERS[Math.floor(this.#random() ** 2 * USERS.length)];
      this.#aggregator.record(record);
    }
  }

  /** Sum of uniforms (Irwin–Hall): near enough to normal, and quick. */
  #gauss(): number {
    const random = this.#random;
    return (random() + random() + random() + random() - 2) * Math.sqrt(3);
  }
}

const USERS = Array.from({ length: 200 }, (_, n) => `k1-${n.toString(16).padStart(32, '0')}`);

function endpointAt(index: number): Endpoint {
  const resource = RESOURCES[index % RESOURCES.length]!;
  const other = RESOURCES[(index * 5 + 3) % RESOURCES.length]!;
  return {
    method: METHODS[index % METHODS.length]!,
    route: `/api/v${1 + (index % 2)}/${resource}/{id}/${other}/${index}`,
    requestsPerMinute: Math.max(1, MAX_PER_MINUTE / (index + 1)),
    medianMs: 4 + ((index * 37) % 196),
  };
}
