import { Agent, get, request } from 'node:http';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Pool, pipeline, stream, fetch as undiciFetch, request as undiciRequest } from 'undici';
import type { ContextCase } from '../case.ts';
import { upstream } from '../upstream.ts';

const agent = new Agent({ keepAlive: true, maxSockets: 4 });
let pool: Pool | undefined;

async function sharedPool(): Promise<Pool> {
  const origin = new URL(await upstream()).origin;
  pool ??= new Pool(origin, { connections: 4, pipelining: 2 });
  return pool;
}

export const httpClients: readonly ContextCase[] = [
  {
    name: 'http.get, and listeners on its response',
    callbacks: ['response', 'data', 'end', 'close'],
    async handle({ res, see }) {
      get(await upstream(), (reply) => {
        see('response');
        reply.on('data', () => see('data'));
        reply.on('end', () => see('end'));
        reply.on('close', () => {
          see('close');
          res.end();
        });
      });
    },
  },
  {
    name: 'http.request, and listeners on it, with connections kept alive',
    callbacks: ['socket', 'finish', 'response', 'text', 'close'],
    async handle({ res, see }) {
      const call = request(await upstream(), { method: 'POST', agent });
      call.on('socket', () => see('socket'));
      call.on('finish', () => see('finish'));
      call.on('close', () => {
        see('close');
        res.end();
      });
      call.on('response', async (reply) => {
        see('response');
        await text(reply);
        see('text');
      });
      call.write('text');
      call.end();
    },
  },
  {
    name: 'http.get that fails, times out or is given up',
    callbacks: ['refused', 'timeout', 'aborted'],
    async handle({ res, see }) {
      const url = await upstream();
      get('http://127.0.0.1:1/', () => undefined).on('error', () => {
        see('refused');
        const slow = get(`${url}slow`, { timeout: 1 }, (reply) => reply.resume());
        slow.on('timeout', () => {
          see('timeout');
          slow.destroy();
        });
        slow.on('error', () => {
          const aborted = get(url, { signal: AbortSignal.timeout(1) });
          aborted.on('error', () => {
            see('aborted');
            res.end();
          });
        });
      });
    },
  },
  {
    name: 'fetch, and its body',
    callbacks: ['headers', 'text', 'chunk', 'refused'],
    async handle({ res, see }) {
      const url = await upstream();
      const reply = await fetch(url);
      see('headers');
      await reply.text();
      see('text');
      const { body } = await fetch(url, { method: 'POST', body: 'text' });
      for await (const _ of body ?? []) see('chunk');
      await fetch('http://127.0.0.1:1/').catch(() => see('refused'));
      res.end();
    },
  },
  {
    name: 'undici: fetch and request',
    callbacks: ['fetch', 'request', 'body', 'chunk'],
    async handle({ res, see }) {
      const url = await upstream();
      await (await undiciFetch(url)).text();
      see('fetch');
      const { body } = await undiciRequest(url);
      see('request');
      await body.text();
      see('body');
      const second = await undiciRequest(url, { method: 'POST', body: 'text' });
      for await (const _ of second.body) see('chunk');
      res.end();
    },
  },
  {
    name: 'undici: a pool whose connections are shared, awaited',
    callbacks: ['request', 'text'],
    async handle({ res, see }) {
      const { body } = await (await sharedPool()).request({ path: '/', method: 'GET' });
      see('request');
      await body.text();
      see('text');
      res.end();
    },
  },
  {
    name: 'undici: a callback, on a pool whose connections are shared',
    callbacks: ['request', 'body'],
    async handle({ res, see }) {
      (await sharedPool()).request({ path: '/', method: 'GET' }, async (_error, { body }) => {
        see('request');
        await body.text();
        see('body');
        res.end();
      });
    },
  },
  {
    name: 'undici: stream and pipeline',
    callbacks: ['factory', 'stream', 'pipeline handler', 'pipeline'],
    async handle({ res, see }) {
      const url = await upstream();
      await stream(url, { method: 'GET' }, () => {
        see('factory');
        return new Writable({ write: (_chunk, _encoding, done) => done() });
      });
      see('stream');
      const call = pipeline(url, { method: 'POST' }, ({ body }) => {
        see('pipeline handler');
        return body;
      });
      call.end('text');
      await text(call);
      see('pipeline');
      res.end();
    },
  },
  {
    name: 'a proxy: the request piped out, its response piped back',
    callbacks: ['response', 'request end', 'reply end', 'finish', 'close'],
    sends: { method: 'POST', body: ['first ', 'second ', 'third'] },
    async handle({ req, res, see }) {
      const url = await upstream();
      res.on('finish', () => see('finish'));
      res.on('close', () => see('close'));
      req.on('end', () => see('request end'));
      const call = request(url, { method: 'POST', agent }, (reply) => {
        see('response');
        reply.on('end', () => see('reply end'));
        reply.pipe(res);
      });
      req.pipe(call);
    },
  },
];
