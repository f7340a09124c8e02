import { Aggregator, DEFAULT_LIMITS } from '@tacho/core';
import type { Operation } from './measure.ts';
import { Requests, type Traffic } from './requests.ts';

/** Longer than this is slow. */
const SLOW_MS = 2000;

const TRAFFIC: Traffic = { endpoints: 200, errors: 0, users: 0, atLeastMs: 0 };

/** One record into the live window, each kind of traffic into a window of its own. @param times a round */
export function recordings(times: number): Operation[] {
  return [
    filling('a record is filled: part of all that follow', times),
    recording('record, 1 endpoint', times, { ...TRAFFIC, endpoints: 1 }),
    recording('record, 200 endpoints in turn', times, TRAFFIC),
    recording('record, the same with 1 % errors', times, { ...TRAFFIC, errors: 0.01 }),
    recording('record, the same with 200 users', times, { ...TRAFFIC, errors: 0.01, users: 200 }),
    recording('record, 1,000 endpoints in turn', times, { ...TRAFFIC, endpoints: 1000 }),
    keepingSlow('record, slow and kept'),
  ];
}

function filling(name: string, times: number): Operation {
  const requests = new Requests({ ...TRAFFIC, errors: 0.01 });
  return {
    name,
    times,
    run(left) {
      for (; left > 0; left--) requests.next();
    },
  };
}

function recording(name: string, times: number, traffic: Traffic): Operation {
  const requests = new Requests(traffic);
  const aggregator = new Aggregator({ nowMs: Date.now() });
  return {
    name,
    times,
    run(left) {
      for (; left > 0; left--) aggregator.record(requests.next());
    },
  };
}

/** Slow requests, as many as the live window keeps when every endpoint has had one. */
function keepingSlow(name: string): Operation {
  const requests = new Requests({ ...TRAFFIC, atLeastMs: SLOW_MS });
  const aggregator = new Aggregator({ nowMs: Date.now() });
  return {
    name,
    times: DEFAULT_LIMITS.maxSlowRequests - TRAFFIC.endpoints,
    prepare() {
      aggregator.seal(Date.now());
      for (let n = 0; n < TRAFFIC.endpoints; n++) aggregator.record(requests.next());
    },
    run(left) {
      for (; left > 0; left--) aggregator.record(requests.next());
    },
  };
}
