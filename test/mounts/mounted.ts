import { Buffer } from 'node:buffer';
import { createServer, request, type Server } from 'node:http';
import http2 from 'node:http2';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../eventually.ts';
import { endAll } from '../processes.ts';
import { type Receiver, startReceiver } from '../receiver/start-receiver.ts';
import { type Service, startService } from '../service.ts';
import { type Answer, type Ask, answerTo, BEARER } from './answers.ts';
import { asks, JSON_BODY, PAST } from './asks.ts';
import { type MountName, PREFIXES } from './prefixes.ts';

export const MOUNTS = Object.keys(PREFIXES) as MountName[];
/** How often the application's own route is asked, in each of them. */
const OWN_REQUESTS = 3;

/** The admin API mounted in a service, whose spans are made by one of the ways. */
export function describeMounts(http: 'lean' | 'standard'): void {
  describe(`mounted, with ${http} spans,`, () => {
    let receiver: Receiver;
    let service: Service;
    let expected: ReadonlyMap<string, Answer>;
    let asked: Readonly<Record<string, Ask>>;
    let askedSoFar = 0;

    const ask = (base: string, what: Ask, localAddress?: string): Promise<Answer> => {
      askedSoFar++;
      return answerTo(base, what, localAddress);
    };
    const originOf = (name: MountName): string => `http://127.0.0.1:${service.ports[name]}`;

    beforeAll(async () => {
      receiver = await startReceiver('answers');
      service = await startService('test/mounts/service.ts', {
        monitored: 'itself',
        env: {
          TACHO_HTTP: http,
          OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
          OTEL_BSP_SCHEDULE_DELAY: '100',
          OTEL_METRIC_EXPORT_INTERVAL: '3000',
          OTEL_METRIC_EXPORT_TIMEOUT: '3000',
        },
      });
      for (const name of MOUNTS) {
        for (let n = 0; n < OWN_REQUESTS; n++)
          expect(await (await fetch(`${originOf(name)}/users/${n}`)).text()).toBe('user');
      }
      const nowMs = Date.now() + 1;
      const measured = `from=${new Date(nowMs - 600_000).toISOString()}&to=${new Date(nowMs).toISOString()}`;
      asked = asks(measured);
      const own = new Map<string, Answer>();
      for (const [what, one] of Object.entries(asked))
        own.set(what, await ask(`${service.admin.url}/api/performance`, one, '127.0.0.100'));
      expected = own;
    });

    afterAll(endAll);

    it('is not answered by its own port with the same for everything', () => {
      const statuses = [...expected.values()].map(({ status }) => status);
      for (const status of [200, 304, 400, 401, 403, 404, 405, 415]) expect(statuses).toContain(status);
      expect(JSON.stringify(expected.get('what was measured'))).toContain('/users/');
      expect(expected.get('compressed trends')?.headers['content-encoding']).toBe('gzip');
    });

    it.each(MOUNTS.map((name, index) => [name, `127.0.0.${101 + index}`] as const))(
      'it answers in %s as on its own port',
      async (name, localAddress) => {
        for (const [what, one] of Object.entries(asked)) {
          const answer = await ask(`${originOf(name)}${PREFIXES[name]}`, one, localAddress);
          expect([what, answer]).toEqual([what, expected.get(what)]);
        }
      },
    );

    it.each(MOUNTS.map((name, index) => [name, `127.0.0.${101 + index}`] as const))(
      'in %s alerts are silenced, and no longer',
      async (name, localAddress) => {
        const base = `${originOf(name)}${PREFIXES[name]}`;
        const silence = {
          method: 'POST',
          path: '/alerts/silences',
          headers: JSON_BODY,
          body: '{"minutes":5}',
        };
        const { status, body } = await ask(base, silence, localAddress);
        expect([status, body]).toEqual([201, expect.objectContaining({ rule: null, subject: null })]);
        const { id } = body as { id: string };
        const removal = { method: 'DELETE', path: `/alerts/silences/${id}` };
        expect((await ask(base, removal, localAddress)).status).toBe(204);
        expect((await ask(base, removal, localAddress)).status).toBe(404);
      },
    );

    it.each(MOUNTS)('in %s it says where it is', async (name) => {
      const { body } = await ask(
        `${originOf(name)}${PREFIXES[name]}`,
        { path: '/openapi.json' },
        '127.0.0.99',
      );
      expect(body).toMatchObject({ servers: [{ url: PREFIXES[name] }] });
    });

    it.each(MOUNTS)('in %s it streams, for as long as somebody reads', async (name) => {
      const reading = new AbortController();
      askedSoFar++;
      const stream = await fetch(`${originOf(name)}${PREFIXES[name]}/live`, {
        headers: BEARER,
        signal: reading.signal,
      });
      expect(stream.headers.get('content-type')).toBe('text/event-stream');
      let text = '';
      for await (const bytes of stream.body ?? []) {
        text += Buffer.from(bytes).toString();
        if (/^event: summary$/m.test(text)) break;
      }
      expect(text).toMatch(/^data: {.*"total_requests":/m);
      reading.abort();
    });

    it('it can be read page by page behind a proxy that takes a part of the path away', async () => {
      const proxy = await startProxy('/service', originOf('Express 5, below a path'));
      const { port } = proxy.address() as AddressInfo;
      const seen = `http://127.0.0.1:${port}/service/ops/endpoints`;
      const names: string[] = [];
      for (let url: string | undefined = `${seen}?limit=1&sort=count`; url !== undefined; ) {
        const { status, headers, body } = await ask(url, { path: '' });
        expect(status).toBe(200);
        names.push(...Object.keys(body as object));
        const next: string | undefined = /^<([^>]*)>; rel="next"$/.exec(String(headers.link ?? ''))?.[1];
        url = next === undefined ? undefined : new URL(next, url).href;
      }
      expect(names.length).toBeGreaterThan(1);
      expect(new Set(names).size).toBe(names.length);
      proxy.close();
    });

    it('it answers over HTTP/2', async () => {
      askedSoFar += 3;
      const session = http2.connect(`http://127.0.0.1:${service.ports['HTTP/2']}`);
      const send = (path: string, headers: object, body = ''): Promise<number> =>
        new Promise((settle, fail) => {
          const stream = session.request({ ':path': path, ...headers }, { endStream: false });
          let status = 0;
          stream.on('response', (given) => {
            status = Number(given[':status']);
          });
          stream.on('error', fail);
          stream.resume().on('close', () => settle(status));
          stream.end(body);
        });
      expect(await send(`/api/performance/summary?${PAST}`, BEARER)).toBe(200);
      expect(await send(`/api/performance/summary?${PAST}`, {})).toBe(401);
      const post = { ...JSON_BODY, ':method': 'POST' };
      expect(await send('/api/performance/alerts/silences', post, '{"minutes":5}')).toBe(201);
      session.close();
    });

    it('nothing of it is measured, logged or exported', async () => {
      const summary = await eventually('everything to be counted', async () => {
        askedSoFar++;
        const given = await service.admin.summary();
        return given.total_requests >= OWN_REQUESTS * MOUNTS.length ? given : undefined;
      });
      expect(summary.total_requests).toBe(OWN_REQUESTS * MOUNTS.length);
      expect(summary.not_measured).toEqual({ 'admin-api': askedSoFar });
      askedSoFar++;
      for (const name of Object.keys(await service.admin.endpoints())) expect(name).toContain('/users/');
      const spans = await eventually('all spans', () => {
        const servers = receiver.spans().filter(({ kind }) => kind === 'SERVER');
        return servers.length >= OWN_REQUESTS * MOUNTS.length ? receiver.spans() : undefined;
      });
      expect(spans).toHaveLength(OWN_REQUESTS * MOUNTS.length);
      for (const { name } of spans) expect(name).toMatch(/^GET( \/users\/.*)?$/);
      const duration = await receiver.metricNamed('http.server.request.duration');
      expect(duration.points.reduce((sum, { value }) => sum + value, 0)).toBe(OWN_REQUESTS * MOUNTS.length);
      expect(service.child.stderr.trim().split('\n')).toHaveLength(1);
    });

    it('after the shutdown it answers that', async () => {
      await service.ask('shutdown');
      for (const name of MOUNTS) {
        const answer = await answerTo(`${originOf(name)}${PREFIXES[name]}`, { path: '/summary' });
        expect(answer).toMatchObject({ status: 503, body: { code: 'shut_down' } });
        expect(await (await fetch(`${originOf(name)}/users/1`)).text()).toBe('user');
      }
    });
  });
}

/** A reverse proxy that hands on what is below `/service`, without that. */
async function startProxy(taken: string, origin: string): Promise<Server> {
  const proxy = createServer((asked, answer) => {
    const url = `${origin}${asked.url?.slice(taken.length)}`;
    const headers = { ...asked.headers, host: new URL(origin).host, 'x-forwarded-for': '203.0.113.9' };
    const handedOn = request(url, { method: asked.method ?? 'GET', headers }, (given) => {
      answer.writeHead(given.statusCode ?? 502, given.headers);
      given.pipe(answer);
    });
    asked.pipe(handedOn);
  });
  await new Promise<void>((settle) => proxy.listen(0, '127.0.0.1', settle));
  return proxy;
}
