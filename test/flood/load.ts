import { Connection } from '../load/connection.ts';
import { request } from '../load/request.ts';
import { floodUrl, urlOfRealRoute } from './urls.ts';

/** What to send, as JSON in the first argument. */
export interface FloodPlan {
  readonly ports: { readonly koa: number; readonly plain: number };
  /** How many requests for no route, and for how many distinct URLs. */
  readonly strange: number;
  readonly distinct: number;
  /** How many requests for real routes among them. */
  readonly real: number;
}

const PIPELINED = 32;

async function send(
  port: number,
  count: number,
  connections: number,
  urlOf: (n: number) => string,
): Promise<void> {
  let n = 0;
  const sender = async (): Promise<void> => {
    const connection = await Connection.open(port);
    while (n < count) {
      const first = n;
      n = Math.min(n + PIPELINED, count);
      const requests = Array.from({ length: n - first }, (_, i) =>
        request({ method: 'GET', target: urlOf(first + i) }),
      );
      await connection.exchange(requests);
    }
    await connection.close();
  };
  await Promise.all(Array.from({ length: connections }, sender));
}

const plan = JSON.parse(process.argv[2] ?? '') as FloodPlan;
await Promise.all([
  send(plan.ports.koa, plan.real, 2, urlOfRealRoute),
  send(plan.ports.plain, plan.strange, 6, (n) => floodUrl(n % plan.distinct)),
]);
