import { expect } from '@jest/globals';
import { Connection } from '../load/connection.ts';
import { request } from '../load/request.ts';
import { type Service, startService } from '../service.ts';
import type { Kept } from './held.ts';
import type { Counts } from './watched.ts';

/** Connections that stay open and idle, and as many whose client leaves before the answer. */
const CONNECTIONS = 4;
const ROUNDS = 5;
const BODY = 'x'.repeat(200_000);
const PIPELINED = [1, 2].map((n) => request({ method: 'GET', target: `/chunks/${n}` }));
const ONE_BY_ONE = [
  request({ method: 'POST', target: '/uploads/1', body: BODY }),
  request({ method: 'GET', target: '/chunks/1' }),
  request({ method: 'GET', target: '/fails/1' }),
];
const STALLING = request({ method: 'GET', target: '/stalls/1', headers: ['Expect: 100-continue'] });
export const REQUESTS = CONNECTIONS * (ROUNDS * (ONE_BY_ONE.length + PIPELINED.length) + 1);

const NOTHING: Counts = { requests: 0, responses: 0, contexts: 0, bodies: 0, connections: 0 };
export const ALL: readonly Kept[] = ['span', 'span that was read', 'context', 'background work'];

export function holding(kept: readonly Kept[], env: Readonly<Record<string, string>> = {}): Promise<Service> {
  return startService('test/steady/holding-service.ts', {
    nodeArguments: ['--expose-gc'],
    arguments: kept,
    env,
  });
}

export async function expectNothingHeld(
  kept: readonly Kept[],
  env?: Readonly<Record<string, string>>,
): Promise<void> {
  const service = await holding(kept, env);
  const idle = await talk(service.ports.http!);
  const whileIdle = await collected(service);
  expect(whileIdle.seen).toMatchObject({ requests: REQUESTS, responses: REQUESTS, contexts: REQUESTS });
  expect(whileIdle.seen.bodies).toBeGreaterThan(2 * CONNECTIONS * ROUNDS);
  expect(whileIdle.alive).toEqual(NOTHING);
  expect(await service.ask('usable')).toEqual({
    spans: REQUESTS * kept.filter((what) => what.startsWith('span')).length,
    isWorking: kept.includes('background work'),
  });

  for (const connection of idle) await connection.close();
  await service.ask('idle');
  const { seen, alive } = await collected(service);
  expect(seen.connections).toBe(2 * CONNECTIONS);
  expect(alive).toEqual(NOTHING);
}

/** @returns connections that are open and idle */
export async function talk(port: number): Promise<Connection[]> {
  return Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const connection = await Connection.open(port);
      for (let round = 0; round < ROUNDS; round++) {
        for (const one of ONE_BY_ONE) await connection.exchangeOne(one);
        await connection.exchange(PIPELINED);
      }
      const leaving = await Connection.open(port);
      const continued = leaving.continued();
      leaving.write([STALLING]);
      await continued;
      await leaving.leave();
      return connection;
    }),
  );
}

export async function collected(service: Service): Promise<{ seen: Counts; alive: Counts }> {
  return (await service.ask('collected')) as { seen: Counts; alive: Counts };
}
