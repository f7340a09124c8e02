import { setTimeout as pause } from 'node:timers/promises';
import { countsOf } from '../exactness/compare.ts';
import type { EndpointTally } from '../load/tally.ts';
import { ADMIN_ENVIRONMENT, type Service, startService } from '../service.ts';
import type { LoadPlan } from './load.ts';
import { percentile } from './percentile.ts';
import type { Usage } from './usage.ts';

/** Somebody looks at the figures all the time. */
const ASK_EVERY_MS = 5_000;
/** By then Node has closed connections that nothing is asked on. */
const KEPT_ALIVE_MS = 6_000;

/** What a part of the load has shown. */
export interface Part extends Usage {
  /** Latency as the client sees it, of each interval. */
  readonly p99sMs: readonly number[];
}

/** The two books of all that was sent. */
export interface Books {
  readonly sent: Record<string, EndpointTally>;
  readonly counted: Record<string, EndpointTally>;
  readonly totalSent: number;
  readonly totalCounted: number;
}

/** A service under a load of its own. */
export class LoadedService {
  readonly #service: Service;
  readonly #load: Service;
  readonly #isMeasured: boolean;

  private constructor(service: Service, load: Service, isMeasured: boolean) {
    this.#service = service;
    this.#load = load;
    this.#isMeasured = isMeasured;
  }

  /** @param store the file of the service's store; undefined for a service without tacho */
  static async start(store: string | undefined, plan: Omit<LoadPlan, 'ports'>): Promise<LoadedService> {
    const service = await startService('test/steady/service.ts', {
      // Keeping the bytecode of the start-up, which V8 would drop meanwhile, makes the growth show as it is.
      nodeArguments: ['--expose-gc', '--no-flush-bytecode'],
      ...(store === undefined
        ? { monitored: 'no' }
        : {
            monitored: 'itself',
            arguments: ['measured'],
            env: { ...ADMIN_ENVIRONMENT, TACHO_STORE: store },
          }),
    });
    const load = await startService('test/steady/load.ts', {
      monitored: 'no',
      arguments: [JSON.stringify({ ...plan, ports: service.ports })],
    });
    return new LoadedService(service, load, store !== undefined);
  }

  async run(part: 'warm-up' | 'half'): Promise<Part> {
    const isOver = new AbortController();
    const asking = this.#isMeasured ? this.#askNowAndThen(isOver.signal) : undefined;
    const p99sMs = (await this.#load.ask(part)) as number[];
    isOver.abort();
    await asking;
    await this.#service.ask('idle');
    await pause(KEPT_ALIVE_MS);
    return { ...((await this.#service.ask('usage')) as Usage), p99sMs };
  }

  async books(): Promise<Books> {
    const { endpoints, total } = (await this.#load.ask('books')) as {
      endpoints: Record<string, EndpointTally>;
      total: number;
    };
    return {
      sent: endpoints,
      counted: await countsOf(this.#service),
      totalSent: total,
      totalCounted: (await this.#service.admin.summary()).total_requests,
    };
  }

  async #askNowAndThen(until: AbortSignal): Promise<void> {
    while (!until.aborted) {
      await this.#service.admin.summary();
      await pause(ASK_EVERY_MS, undefined, { signal: until }).catch(() => {});
    }
  }
}

export function inWords({ p99sMs, pauses, heapBytes, rssBytes, handles }: Part): string {
  const [median, least, most] = [50, 0, 100].map((percent) => percentile(p99sMs, percent).toFixed(2));
  return (
    `p99 ${median} ms (${least} to ${most}), ${pauses.count} pauses, p99 ${pauses.p99Ms.toFixed(2)} ms, ` +
    `longest ${pauses.maxMs.toFixed(2)} ms, heap ${mebibytes(heapBytes)}, RSS ${mebibytes(rssBytes)}, ` +
    `open ${JSON.stringify(handles)}`
  );
}

function mebibytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(2)} MiB`;
}
