import { get, request as send } from 'node:http';
import { get as getSecurely } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import type { Behaviour } from './behaviour.ts';

/** The servers of this service that it calls itself; the inner one answers with what it was sent along. */
const ports = { inner: 0, https: 0 };

export function setCalledPorts(called: Readonly<typeof ports>): void {
  Object.assign(ports, called);
}

const inner = (path: string): object => ({ host: '127.0.0.1', port: ports.inner, path, agent: false });

/** Requests to other services while one is handled. */
export const OUTGOING: Readonly<Record<string, Behaviour>> = {
  calls: (_request, response) => {
    get(inner('/inner?a=1'), (reply) => reply.pipe(response));
  },
  async 'calls-later'(_request, response) {
    await pause(5);
    get(`http://127.0.0.1:${ports.inner}/inner`, { agent: false }, (reply) => reply.pipe(response));
  },
  posts: (request, response) => {
    const options = { ...inner('/inner'), method: 'POST' };
    request.pipe(send(options, (reply) => reply.pipe(response)));
  },
  'calls-securely': (_request, response) => {
    const options = { port: ports.https, path: '/inner', agent: false, rejectUnauthorized: false };
    getSecurely({ host: '127.0.0.1', ...options }, (reply) => reply.pipe(response));
  },
  'calls-nobody': (_request, response) => {
    get({ ...inner('/nobody'), port: 1 }).on('error', () => response.writeHead(502).end());
  },
};
