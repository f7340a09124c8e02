import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Connection } from '../load/connection.ts';
import { request } from '../load/request.ts';
import { endAll } from '../processes.ts';
import { type Receiver, startReceiver } from '../receiver/start-receiver.ts';
import { type Service, startService } from '../service.ts';

const REQUESTS = 40;
const SECRET = 'hunter2-in-the-query';
const IPV4 = '203.0.113.77';
const IPV6 = '2001:db8:1234:5678:9abc::1';

let receiver: Receiver;
let service: Service;

beforeAll(async () => {
  receiver = await startReceiver('answers');
  service = await startService('test/services/users.ts', {
    env: {
      OTEL_SERVICE_NAME: 'library',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_BSP_SCHEDULE_DELAY: '100',
      OTEL_METRIC_EXPORT_INTERVAL: '500',
      OTEL_METRIC_EXPORT_TIMEOUT: '400',
    },
  });
  await sendRequests(service.ports.http!);
  await service.ask('idle');
});

afterAll(endAll);

describe('spans, as an independent decoder reads them', () => {
  it('carry the names of the HTTP semantic conventions', async () => {
    const span = await receiver.spanNamed('GET /users/:id');
    expect(span.kind).toBe('SERVER');
    expect(span.attributes).toMatchObject({
      'http.request.method': 'GET',
      'http.route': '/users/:id',
      'http.response.status_code': 200,
      'url.path': '/users/:id',
      'url.scheme': 'http',
      'network.protocol.version': '1.1',
    });
    expect(span.resource['service.name']).toBe('library');
  });

  it('arrive for every request, and for none of our own', async () => {
    await receiver.spanNamed('POST /users');
    await receiver.spanNamed('GET /fails');
    await service.stop();
    const names = receiver.spans().map(({ name }) => name);
    expect(names.filter((name) => name === 'GET /users/:id')).toHaveLength(REQUESTS);
    expect(new Set(names)).toEqual(new Set(['GET /users/:id', 'POST /users', 'GET /fails']));
  });

  it('keep no query, no header and no whole client address', () => {
    const clients = receiver.spans().map(({ attributes }) => attributes['client.address']);
    expect(new Set(clients)).toEqual(new Set(['203.0.113.0', '2001:db8:1234::']));
    const everything = JSON.stringify([receiver.spans(), receiver.metrics()]);
    const personal = [SECRET, IPV4, IPV6, '"127.0.0.1"', 'reader/1.0', 'library.test'];
    expect(personal.filter((text) => everything.includes(text))).toEqual([]);
    expect(receiver.spans().flatMap(({ attributes }) => Object.keys(attributes))).not.toContain('url.query');
  });
});

describe('metrics, as an independent decoder reads them', () => {
  it('tell the duration of requests by route', async () => {
    const { unit, points, resource } = await receiver.metricNamed('http.server.request.duration');
    const point = points.find(({ attributes }) => attributes['http.route'] === '/users/:id');
    expect(unit).toBe('s');
    expect(point).toMatchObject({
      value: REQUESTS,
      attributes: { 'http.request.method': 'GET', 'http.response.status_code': 200, 'url.scheme': 'http' },
    });
    expect(resource['service.name']).toBe('library');
  });

  it.each([
    'system.cpu.time',
    'system.cpu.utilization',
    'system.memory.usage',
    'system.memory.utilization',
    'system.filesystem.usage',
    'system.filesystem.utilization',
    'process.cpu.time',
    'process.memory.usage',
    'process.uptime',
    'nodejs.eventloop.delay.max',
    'nodejs.eventloop.delay.p99',
    'nodejs.eventloop.utilization',
    'nodejs.eventloop.time',
    'v8js.memory.heap.used',
    'v8js.memory.heap.limit',
    'v8js.resource.active',
  ])('include %s', async (name) => {
    const { points } = await receiver.metricNamed(name);
    expect(points.some(({ value }) => value > 0)).toBe(true);
  });

  it('leave out the traffic of the export itself', () => {
    expect(receiver.metrics().map(({ name }) => name)).not.toContain('http.client.request.duration');
  });
});

async function sendRequests(port: number): Promise<void> {
  const connection = await Connection.open(port);
  for (let n = 0; n < REQUESTS; n++) {
    const from = n % 2 === 0 ? IPV4 : IPV6;
    const headers = ['User-Agent: reader/1.0', `X-Forwarded-For: ${from}`];
    await connection.exchangeOne(get(`/users/${n}?password=${SECRET}`, headers));
  }
  const headers = [`X-Forwarded-For: ${IPV4}`];
  await connection.exchangeOne({ ...request({ method: 'POST', target: '/users', headers, body: SECRET }) });
  await connection.exchangeOne(get('/fails', headers));
  await connection.close();
}

/** With the Host that `server.address` is read from. */
function get(target: string, headers: readonly string[]): { method: string; bytes: string } {
  const { method, bytes } = request({ method: 'GET', target, headers });
  return { method, bytes: bytes.replace('Host: service.test', 'Host: library.test') };
}
