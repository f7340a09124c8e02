import { Tally } from '../load/tally.ts';
import { sendBulk } from './bulk.ts';
import { hostileHeaders } from './hostile-headers.ts';
import { sendAnswered, sendChunkedOnes, sendOddOnes, sendSlowOnes } from './odd-requests.ts';
import { sendRefused } from './refused.ts';

/** What to send, as JSON in the first argument. */
export interface LoadPlan {
  readonly ports: { readonly koa: number; readonly plain: number };
  readonly bulk: number;
  /** How often each of the odd requests. */
  readonly odd: number;
  readonly slow: number;
  readonly hostile: boolean;
}

/** What was sent and answered, as JSON on standard output. */
export interface LoadResult {
  readonly endpoints: Record<string, unknown>;
  readonly total: number;
  readonly refused: Record<string, number>;
  readonly seconds: number;
}

const plan = JSON.parse(process.argv[2] ?? '') as LoadPlan;
const tally = new Tally();
const startedAt = performance.now();
const extraHeaders = plan.hostile ? hostileHeaders : () => [];

await sendAnswered(plan, tally);

const [refused] = await Promise.all([
  sendRefused(plan.ports.plain, plan.odd),
  sendBulk({ ports: plan.ports, requests: plan.bulk, extraHeaders }, tally),
  sendOddOnes({ ports: plan.ports, times: plan.odd }, tally),
  sendSlowOnes({ ports: plan.ports, times: plan.odd }, plan.slow, tally),
]);

await sendChunkedOnes({ ports: plan.ports, times: plan.odd }, tally);

const result: LoadResult = {
  endpoints: Object.fromEntries(tally.endpoints),
  total: tally.total,
  refused,
  seconds: (performance.now() - startedAt) / 1000,
};
process.stdout.write(JSON.stringify(result));
