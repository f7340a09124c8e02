import { setTimeout as pause } from 'node:timers/promises';
import { sendAnswered, sendOddOnes, sendSlowOnes } from '../exactness/odd-requests.ts';
import { Connection } from '../load/connection.ts';
import { request } from '../load/request.ts';
import { Tally } from '../load/tally.ts';
import { ready } from '../side-channel.ts';
import { type SteadyPlan, sendSteadily } from './send-steadily.ts';

/** What to send, as JSON in the first argument. */
export interface LoadPlan extends Omit<SteadyPlan, 'port' | 'seconds'> {
  readonly ports: { readonly koa: number; readonly plain: number };
  readonly halfSeconds: number;
  readonly warmUpSeconds: number;
}

const { ports, halfSeconds, warmUpSeconds, ...rates } = JSON.parse(process.argv[2] ?? '') as LoadPlan;
const tally = new Tally();

/** Beside what is sent steadily: all that is odd, slow requests, and some that ask for others, each now and then. */
async function load(seconds: number): Promise<number[]> {
  const [p99sMs] = await Promise.all([
    sendSteadily({ ...rates, port: ports.koa, seconds }, tally),
    nowAndThen(2, seconds, () => sendOddOnes({ ports, times: 1 }, tally)),
    nowAndThen(3, seconds, () => sendSlowOnes({ ports, times: 1 }, 1, tally)),
    nowAndThen(1, seconds, sendAskingOne),
  ]);
  return p99sMs;
}

async function nowAndThen(
  everySeconds: number,
  seconds: number,
  sendSome: () => Promise<void>,
): Promise<void> {
  for (let sent = 0; sent < seconds / everySeconds; sent++)
    await Promise.all([sendSome(), pause(everySeconds * 1000)]);
}

async function sendAskingOne(): Promise<void> {
  const connection = await Connection.open(ports.koa);
  const { status } = await connection.exchangeOne(request({ method: 'GET', target: '/api/asks' }));
  await connection.close();
  tally.completed('GET /api/asks', status);
  tally.completed('GET /api/users/:id', 200);
}

ready(
  {},
  {
    'warm-up': async () => {
      await sendAnswered({ ports }, tally);
      return load(warmUpSeconds);
    },
    half: () => load(halfSeconds),
    books: () => ({ endpoints: Object.fromEntries(tally.endpoints), total: tally.total }),
  },
);
