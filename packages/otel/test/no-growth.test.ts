import { expect, it } from '@jest/globals';
import { child } from './child.ts';

interface Growth {
  readonly recorded: number;
  readonly spans: number;
  readonly requestsBytes: number;
  readonly connectionsBytes: number;
}

const REQUESTS = 25_000;
const CONNECTIONS = 2_500;
/** Ten bytes for each of the requests, and a hundred for each of the connections. */
const MOST_BYTES = 250_000;

it('neither 25,000 requests over one connection nor 2,500 connections let the heap grow', async () => {
  const { recorded, spans, requestsBytes, connectionsBytes } = await child<Growth>(
    'growing.ts',
    [String(REQUESTS), String(CONNECTIONS)],
    {},
    ['--expose-gc', '--no-flush-bytecode'],
  );
  console.log(`the heap grew by ${requestsBytes} bytes for requests, ${connectionsBytes} for connections`);
  // A tenth as many of both come first, to warm up.
  expect(recorded).toBe((11 * (REQUESTS + CONNECTIONS)) / 10);
  expect(spans).toBeGreaterThan(recorded / 3);
  expect(requestsBytes).toBeLessThan(MOST_BYTES);
  expect(connectionsBytes).toBeLessThan(MOST_BYTES);
});
