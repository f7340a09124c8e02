import { Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { rawExchange } from '../load/raw-exchange.ts';
import type { Settings } from './plan.ts';
import { note } from './troubles.ts';

const TOKEN = 'a-token-for-these-tests-0123456789abcdef';
const ASKED = ['summary', 'endpoints', 'endpoints/users/1', 'slow-requests', 'system-metrics', 'users'];
const ALSO_ASKED = [
  'trends?days=1',
  'health',
  'summary?hours=24',
  'alerts',
  'review?current=true',
  'nothing',
];
const ANSWER_LIMIT_MS = 5_000;
const SHUTDOWN_LIMIT_MS = 5_000;

export interface Monitoring {
  readonly adminApi: { readonly url: string } | undefined;
  shutdown(): Promise<void>;
}
export type StartMonitoring = (options: object) => Monitoring;

/** What runs with all that can be configured. @returns undefined where it threw */
export function startMonitored(
  start: StartMonitoring,
  folder: string,
  settings: Settings,
): Monitoring | undefined {
  const line = (): void => {};
  try {
    return start({
      store: join(folder, 'tacho.db'),
      adminApi: { port: 0, tokens: [TOKEN] },
      logger: { info: line, warn: line, error: line },
      user: ({ headers }: { headers: Record<string, unknown> }) => headers.host,
      backup: { every: '1m', keep: 2 },
      serviceName: 'faults',
      ...settings.options,
    });
  } catch (error) {
    note(`startMonitoring threw ${String(error)}`);
    return undefined;
  }
}

/** Waits until the admin API listens, or it is clear that it never will. */
export async function adminPort(
  monitoring: Monitoring | undefined,
  limitMs: number,
): Promise<number | undefined> {
  const giveUpAt = Date.now() + limitMs;
  while (monitoring?.adminApi === undefined && Date.now() < giveUpAt) await pause(2);
  const url = monitoring?.adminApi?.url;
  return url === undefined ? undefined : Number(new URL(url).port);
}

/** Asks the admin API for everything: each question has to be answered, in whatever way. */
export async function askAll(port: number): Promise<void> {
  const answers = await Promise.all([...ASKED, ...ALSO_ASKED].map((path) => answerTo(port, path)));
  for (const { path, status } of answers)
    if (status === undefined) note(`the admin API did not answer ${path}`);
}

/** @returns no status where there was no answer */
async function answerTo(port: number, path: string): Promise<{ path: string; status: number | undefined }> {
  const head = `GET /api/performance/${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${TOKEN}`;
  const bytes = Buffer.from(`${head}\r\nConnection: close\r\n\r\n`);
  const reply = await rawExchange(port, bytes, ANSWER_LIMIT_MS);
  const status = /^HTTP\/1\.1 (\d{3})/.exec(reply.bytes)?.[1];
  return { path, status: status === undefined ? undefined : Number(status) };
}

/** What a tachometer that has ended leaves as it has found it. */
export interface Surroundings {
  readonly emit: unknown;
  readonly signalListeners: number;
  readonly resources: number;
}

/** What keeps the process alive; the histograms of event-loop delay are listed, but do not. */
function holding(): string[] {
  return process.getActiveResourcesInfo().filter((name) => name !== 'IntervalHistogram');
}

export function surroundings(): Surroundings {
  return {
    emit: Server.prototype.emit,
    signalListeners: process.listenerCount('SIGTERM'),
    resources: holding().length,
  };
}

/** Ends it, and looks whether anything is left of it. */
export async function shutDown(monitoring: Monitoring | undefined, before: Surroundings): Promise<void> {
  const late = pause(SHUTDOWN_LIMIT_MS, 'late', { ref: false });
  const ended = monitoring?.shutdown().then(
    () => 'ended',
    () => 'rejected',
  );
  const how = await Promise.race([ended, late]);
  if (how !== undefined && how !== 'ended') note(`the shutdown was ${how}`);
  const giveUpAt = Date.now() + SHUTDOWN_LIMIT_MS;
  while (surroundings().resources > before.resources && Date.now() < giveUpAt) await pause(5);
  const after = surroundings();
  if (after.emit !== before.emit) note('http.Server is still patched');
  if (after.signalListeners > before.signalListeners) note('a listener for SIGTERM is left');
  if (after.resources > before.resources) note(`kept alive by ${holding().join(', ')}`);
}
