import { expect, it } from '@jest/globals';
import { child } from './child.ts';

interface Growth {
  readonly recorded: number;
  readonly spans: number;
  readonly requestsBytes: number;
  readonly connectionsBytes: number;
}

const REQUESTS = 50_000;
const CONNECTIONS = 5_000;
/** Ten bytes for each of the requests, and a hundred for each of the connections. */
const MOST_BYTES = 500_000;

it('neither 50,000 requests over one connection nor 5,000 connections let the heap grow', async () => {
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
