import { type AdminApi, adminApi } from './admin-api.ts';
import { type Child, type Exit, start } from './processes.ts';

const ADMIN_ADDRESS = /http:\/\/127\.0\.0\.1:\d+/;
export const TOKEN = 'a-token-for-these-tests-0123456789abcdef';

/** A running program that called `ready()` of `side-channel.ts`. */
export interface Service {
  readonly child: Child;
  readonly ports: Readonly<Record<string, number>>;
  readonly admin: AdminApi;
  ask(question: string): Promise<unknown>;
  stop(): Promise<Exit>;
}

export interface ServiceOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** The Node that runs the program, where it is not the one that runs the tests. */
  readonly node?: string;
  readonly nodeArguments?: readonly string[];
  readonly arguments?: readonly string[];
  /** A command that runs the one that follows it in other surroundings, such as `setpriv`. */
  readonly prefix?: readonly string[];
  /**
   * `register`: measured by `--import tacho/register`. `itself`: the program calls `startMonitoring()`.
   * `no`: it runs without tacho, and has no admin API.
   */
  readonly monitored?: 'register' | 'itself' | 'no';
  /** Another process has the port of its admin API: nobody is waited for, and `admin` is of no use. */
  readonly adminElsewhere?: boolean;
}

/** What makes tacho open its admin API on a free port, and leave no file behind. */
export const ADMIN_ENVIRONMENT = {
  TACHO_ADMIN_PORT: '0',
  TACHO_ADMIN_TOKEN: TOKEN,
  TACHO_STORE: 'memory',
};

/** Starts a program with a side channel and waits until it and its admin API can be asked. */
export async function startService(program: string, options: ServiceOptions = {}): Promise<Service> {
  const monitored = options.monitored ?? 'register';
  const preload = monitored === 'register' ? ['--import', 'tacho/register'] : [];
  const own = [...(options.nodeArguments ?? []), ...preload, program, ...(options.arguments ?? [])];
  const prefix = options.prefix ?? [];
  const child = start([...prefix, options.node ?? process.execPath, ...own], {
    env: { ...(monitored === 'no' ? {} : ADMIN_ENVIRONMENT), ...options.env },
    messages: true,
  });
  const ports = await readyPorts(child);
  const url =
    monitored === 'no' || options.adminElsewhere ? '' : (await child.output('stderr', ADMIN_ADDRESS))[0];
  return {
    child,
    ports,
    admin: adminApi(url, TOKEN),
    ask: (question) => ask(child, question),
    stop: () => child.stop(),
  };
}

async function readyPorts(child: Child): Promise<Record<string, number>> {
  const ready = message<{ ports: Record<string, number> }>(child, (given) => 'ports' in given);
  const ended = child.exited.then((exit) => {
    throw new Error(`the service ended at once: ${JSON.stringify(exit)}\n${child.stderr}`);
  });
  return (await Promise.race([ready, ended])).ports;
}

let questions = 0;

async function ask(child: Child, question: string): Promise<unknown> {
  const id = ++questions;
  const answered = message<{ id: number; answer: unknown }>(
    child,
    (given) => (given as { id?: number }).id === id,
  );
  const ended = child.exited.then((exit) => {
    throw new Error(`no answer to "${question}": ${JSON.stringify(exit)}\n${child.stderr}`);
  });
  child.process.send({ id, question });
  return (await Promise.race([answered, ended])).answer;
}

function message<T extends object>(child: Child, wanted: (given: object) => boolean): Promise<T> {
  return new Promise((settle) => {
    const hear = (given: unknown): void => {
      if (typeof given !== 'object' || given === null || !wanted(given)) return;
      child.process.off('message', hear);
      settle(given as T);
    };
    child.process.on('message', hear);
  });
}
