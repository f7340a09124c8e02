import { setTimeout } from 'node:timers/promises';
import { startService } from '../../test/service.ts';
import type { Cores } from '../overhead/cores.ts';
import type { LoadResult } from '../overhead/load/generator.ts';
import { type Load, withLoad } from '../overhead/load.ts';
import type { Usage } from '../overhead/service.ts';
import type { FloodOptions, FloodResult } from './offender.ts';

const LOAD_CONNECTIONS = 32;
const FLOOD_CONNECTIONS = 32;
const WARM_UP_SECONDS = 2;

export interface RoundOptions {
  readonly seconds: number;
  /** Bad requests that are offered to the admin API each second. */
  readonly perSecond: number;
  readonly cores: Cores;
  /** Which comes first takes turns: a process grows faster, or slower, with time. */
  readonly floodFirst: boolean;
}

export interface Round {
  readonly quiet: Loaded;
  readonly flooded: Loaded;
  readonly flood: FloodResult;
  /** Of the service's process, user and system, with nothing else to do. */
  readonly cpuMicrosPerRejection: number;
}

/**
 * The load and the flood share a core, so that the one slows the other. What the app's core has to do for each request
 * of the app says how many it could answer.
 */
export interface Loaded extends LoadResult {
  /** Of the service's process, whatever it did. */
  readonly cpuMicrosPerRequest: number;
}

interface Flood {
  begin(): Promise<unknown>;
  end(): Promise<FloodResult>;
}

/** A fresh process of the app with `startMonitoring()`: under load without and with the flood, then the flood alone. */
export async function measureRound({ seconds, perSecond, cores, floodFirst }: RoundOptions): Promise<Round> {
  const service = await startService('bench/overhead/service/serve.cjs', {
    monitored: 'itself',
    prefix: cores.service,
    arguments: [JSON.stringify({ app: 'koa', variant: '../../flood/monitored.cjs' })],
    env: { NODE_ENV: 'production' },
  });
  try {
    const usage = async (): Promise<Usage> => (await service.ask('usage')) as Usage;
    const flood = {
      port: Number(new URL(service.admin.url).port),
      perSecond,
      connections: FLOOD_CONNECTIONS,
    };
    const load = {
      port: service.ports.http!,
      connections: LOAD_CONNECTIONS,
      warmUp: { seconds: WARM_UP_SECONDS },
      measure: { seconds },
    };
    return await withFlood(flood, cores, async (flood) => {
      const loaded = await withLoad(load, cores, async (load) => {
        await load.warmUp();
        // What refuses is as cold in a new process as what answers.
        await flood.begin();
        await load.warmUp();
        await flood.end();
        const quietFirst = floodFirst ? undefined : await measured(load, usage);
        await flood.begin();
        const flooded = await measured(load, usage);
        const ended = await flood.end();
        return { quiet: quietFirst ?? (await measured(load, usage)), flooded, flood: ended };
      });
      return { ...loaded, cpuMicrosPerRejection: await rejectionCost(flood, usage, seconds) };
    });
  } finally {
    await service.child.stop('SIGKILL');
  }
}

async function measured(load: Load, usage: () => Promise<Usage>): Promise<Loaded> {
  const before = await usage();
  const result = await load.measure();
  const { cpuMicros } = await usage();
  return { ...result, cpuMicrosPerRequest: (cpuMicros - before.cpuMicros) / result.requests };
}

/** Less what the process uses anyway. */
async function rejectionCost(flood: Flood, usage: () => Promise<Usage>, seconds: number): Promise<number> {
  const cpuMicros = async (): Promise<number> => {
    const before = await usage();
    await setTimeout(1000 * seconds);
    return (await usage()).cpuMicros - before.cpuMicros;
  };
  const restingMicros = await cpuMicros();
  await flood.begin();
  const floodedMicros = await cpuMicros();
  const { answered } = await flood.end();
  return (floodedMicros - restingMicros) / rejections(answered);
}

export function rejections(answered: FloodResult['answered']): number {
  return Object.values(answered).reduce((sum, count) => sum + count, 0);
}

async function withFlood<T>(
  options: FloodOptions,
  cores: Cores,
  use: (flood: Flood) => Promise<T>,
): Promise<T> {
  const offender = await startService('bench/flood/offender.ts', {
    monitored: 'no',
    prefix: cores.load,
    arguments: [JSON.stringify(options)],
  });
  try {
    return await use({
      begin: () => offender.ask('begin'),
      end: async () => (await offender.ask('end')) as FloodResult,
    });
  } finally {
    await offender.child.stop('SIGKILL');
  }
}
