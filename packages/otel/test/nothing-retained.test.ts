import { expect, it } from '@jest/globals';
import { child } from './child.ts';

interface Retained {
  readonly recorded: number;
  readonly seen: Record<string, number>;
  readonly alive: Record<string, number>;
}

/** Connections the child's client may have open; each keeps the context of its last requests, with a span. */
const MOST_CONNECTIONS = 16;

it.each(['lean', 'standard'])(
  'nothing of 240 requests with spans outlives them but their records: %s',
  async (mode) => {
    const { recorded, seen, alive } = await child<Retained>('retaining.ts', [mode], {}, ['--expose-gc']);
    expect(recorded).toBe(240);
    expect(seen).toEqual({ requests: 240, responses: 240, contexts: 240, exchanges: 240, spans: 240 });
    expect(alive).toMatchObject({ requests: 0, responses: 0, contexts: 0 });
    expect(alive.exchanges).toBeLessThanOrEqual(2 * MOST_CONNECTIONS);
    expect(alive.spans).toBeLessThanOrEqual(2 * MOST_CONNECTIONS);
  },
);
