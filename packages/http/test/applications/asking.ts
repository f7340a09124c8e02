import { once } from 'node:events';
import http from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Exclusions } from '../../src/excluded.ts';
import { ServerHooks } from '../../src/server-hooks.ts';

/** A request, and the endpoint and status that it has to be counted under. */
export interface Question {
  /** `METHOD path`, and a body after another blank. */
  readonly ask: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** `METHOD route status` */
  readonly counts: string;
}

/** An application that listens on the loopback interface. */
export interface Application {
  readonly port: number;
  close(): Promise<unknown>;
}

/** Loads a package the way that is under test. */
export type Load = (name: string) => Promise<unknown>;

/** Hooks, and the endpoints that they have counted requests under. */
export function listeningHooks(): { readonly hooks: ServerHooks; readonly counted: string[] } {
  const counted: string[] = [];
  const hooks = new ServerHooks({
    exclusions: new Exclusions([]),
    userOf: () => undefined,
    notMeasured: (kind) => counted.push(kind),
    onEnd: ({ method, route, status }) => counted.push(`${method} ${route} ${status}`),
    now: Date.now,
    attach: () => undefined,
  });
  return { hooks, counted };
}

/** @returns for each question what it was counted under, one after the other */
export async function askAll(
  { port }: Application,
  questions: readonly Question[],
  counted: readonly string[],
): Promise<Record<string, string>> {
  const answers: Record<string, string> = {};
  for (const { ask, headers } of questions) {
    const before = counted.length;
    await send(port, ask, headers);
    for (let waits = 0; counted.length === before && waits < 1_000; waits++) await pause(2);
    answers[ask] = counted.slice(before).join(', ');
  }
  return answers;
}

async function send(port: number, ask: string, headers: Question['headers'] = {}): Promise<void> {
  const [method, path, ...body] = ask.split(' ');
  const type = body.length > 0 ? { 'content-type': 'application/json' } : {};
  const request = http.request({ port, host: '127.0.0.1', method, path, headers: { ...type, ...headers } });
  request.end(body.join(' '));
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  await response.resume().toArray();
}
