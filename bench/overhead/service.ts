import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Service, startService } from '../../test/service.ts';
import type { Cores } from './cores.ts';
import type { AnyApp, Variant } from './variant.ts';

export interface RunOptions {
  readonly app: AnyApp;
  readonly cores: Cores;
  readonly nodeArguments?: readonly string[];
}

/** The app in a process of its own, with a variant in it. */
export interface RunningVariant {
  readonly port: number;
  /** From the start of the process until it listened. */
  startMs(): Promise<number>;
  usage(after?: 'gc'): Promise<Usage>;
  /** Spans that have reached the receiver. */
  spans(): Promise<number>;
  ask(question: string): Promise<unknown>;
}

/** What the process has used up since it began, and what it holds. */
export interface Usage {
  /** User and system, of all its threads. */
  readonly cpuMicros: number;
  readonly rssBytes: number;
  readonly heapBytes: number;
}

/** Runs the app with the variant in it, and all that the variant needs beside it, for as long as `use` takes. */
export async function withVariant<T>(
  variant: Variant,
  options: RunOptions,
  use: (running: RunningVariant) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'tacho-bench-'));
  const started: Service[] = [];
  try {
    const receiver = variant.env && (await startReceiver(options.cores));
    if (receiver !== undefined) started.push(receiver);
    const service = await startApp(variant, options, receiver?.ports.http ?? 0, folder);
    started.push(service);
    return await use({
      port: service.ports.http!,
      startMs: async () => (await service.ask('start')) as number,
      usage: async (after) => (await service.ask(after === 'gc' ? 'usage after gc' : 'usage')) as Usage,
      spans: async () => Number(await receiver?.ask('spans')),
      ask: (question) => service.ask(question),
    });
  } finally {
    await Promise.all(started.map(({ child }) => child.stop('SIGKILL')));
    await rm(folder, { recursive: true, force: true });
  }
}

function startReceiver({ load }: Cores): Promise<Service> {
  return startService('bench/overhead/receiver/receiver.ts', { monitored: 'no', prefix: load });
}

function startApp(
  { file, env }: Variant,
  { app, cores, nodeArguments = [] }: RunOptions,
  receiverPort: number,
  folder: string,
): Promise<Service> {
  return startService('bench/overhead/service/serve.cjs', {
    monitored: 'no',
    prefix: cores.service,
    nodeArguments,
    arguments: [JSON.stringify({ app, variant: `../${file}` })],
    env: {
      NODE_ENV: 'production',
      ...env?.({ receiver: `http://127.0.0.1:${receiverPort}`, receiverPort, folder }),
    },
  });
}
