import { type Context, ROOT_CONTEXT } from '@opentelemetry/api';
import { defaultResource } from '@opentelemetry/resources';
import { Exchange } from '@tacho/http';
import type { SpanOrigin } from '../../src/server-span/server-span.ts';
import { Peer } from '../../src/server-span/socket-peer.ts';
import type { SpanMaking } from '../../src/server-span/span-making.ts';
import { spanLimitsFrom } from '../../src/span-limits.ts';

export const LIMITS = spanLimitsFrom({}, (message) => {
  throw new Error(message);
});

/** What spans are made with, here without a processor, unless `parts` says otherwise. */
export function makingOf(parts: Partial<SpanMaking> = {}): SpanMaking {
  return {
    scope: { name: 'test' },
    limits: LIMITS,
    sampler: undefined,
    resource: defaultResource,
    processor: undefined,
    ...parts,
  };
}

/** An exchange that begins now. */
export function newExchange(): Exchange {
  return new Exchange('GET', '/users/17', Date.now(), performance.now());
}

/** A request of `GET /users/17`. */
export function originOf(exchange = newExchange(), sentAlong: Context = ROOT_CONTEXT): SpanOrigin {
  return {
    exchange,
    isLeftOut: false,
    sentAlong,
    method: 'GET',
    url: '/users/17?full=1',
    httpVersion: '1.1',
    rawHeaders: ['Host', 'shop.test:8080', 'User-Agent', 'reader/1.0'],
    peer: new Peer('198.51.100.9', 4711, false),
  };
}
