import { expect, it } from '@jest/globals';
import { child } from './child.ts';

interface Retained {
  readonly recorded: number;
  readonly seen: Record<string, number>;
  readonly alive: Record<string, number>;
}

/** Connections the child's client may have open; each keeps the context of its last requests, with a span. */
const MOST_CONNECTIONS = 16;

it('nothing of 400 requests with spans outlives them but their records', async () => {
  const { recorded, seen, alive } = await child<Retained>('retaining.ts', [], {}, ['--expose-gc']);
  expect(recorded).toBe(400);
  expect(seen).toEqual({ requests: 400, responses: 400, contexts: 400, exchanges: 400, spans: 400 });
  expect(alive).toMatchObject({ requests: 0, responses: 0, contexts: 0 });
  expect(alive.exchanges).toBeLessThanOrEqual(2 * MOST_CONNECTIONS);
  expect(alive.spans).toBeLessThanOrEqual(2 * MOST_CONNECTIONS);
});
