import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { type Service, startService } from '../../test/service.ts';

export interface PairOptions {
  stepsPerMs: number;
  /** How much more the second service has to do: 1 for the same build. */
  factor: number;
}

const PROGRAM = 'bench/gate/service.ts';
const WARM_UP_MS = 1000;

/**
 * Two services in processes of their own, called in turn over one connection each, while `measure` goes on: so whatever
 * else the machine does meets both alike.
 */
export async function underLoad<T>(
  { stepsPerMs, factor }: PairOptions,
  measure: (baseline: Service, current: Service) => Promise<T>,
): Promise<T> {
  const services = await Promise.all(
    [1, factor].map((each) => startService(PROGRAM, { arguments: [String(stepsPerMs), String(each)] })),
  );
  const [baseline, current] = services as [Service, Service];
  const stop = new AbortController();
  const load = ['/compute', '/wait'].map((path) => callInTurn(services, path, stop.signal));
  try {
    await wait(WARM_UP_MS);
    return await measure(baseline, current);
  } finally {
    stop.abort();
    await Promise.all(load);
    await Promise.all(services.map((service) => service.stop()));
  }
}

async function callInTurn(services: readonly Service[], path: string, stop: AbortSignal): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  // Whoever is first has the caches of the one before to itself: so each is, every other time.
  for (let round = 0; !stop.aborted; round++) {
    const order = round % 2 === 0 ? services : services.toReversed();
    for (const { ports } of order) await call(agent, ports.http!, path);
  }
  agent.destroy();
}

async function call(agent: Agent, port: number, path: string): Promise<void> {
  const [response] = (await once(get({ host: '127.0.0.1', port, path, agent }), 'response')) as [
    IncomingMessage,
  ];
  response.resume();
  await once(response, 'end');
}
