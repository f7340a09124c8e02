import { Aggregator } from '@tacho/core';
import { allocatedBytes, collectGarbage } from './measure.ts';
import { Requests } from './requests.ts';

const ENDPOINTS = 1000;
const REQUESTS_AN_ENDPOINT = 600;

/** Bytes that the live window holds for an endpoint with typical latencies, its share of the tables included. */
export function bytesAnEndpoint(): number {
  const requests = new Requests({ endpoints: ENDPOINTS, errors: 0.01, users: 0, atLeastMs: 0 });
  const aggregator = new Aggregator({ nowMs: Date.now() });
  const before = heldBytes();
  for (let n = 0; n < ENDPOINTS * REQUESTS_AN_ENDPOINT; n++) aggregator.record(requests.next());
  const bytes = (heldBytes() - before) / ENDPOINTS;
  if (aggregator.live.endpoints.size !== ENDPOINTS) throw new Error('An endpoint has no entry');
  return bytes;
}

function heldBytes(): number {
  collectGarbage();
  return allocatedBytes();
}
