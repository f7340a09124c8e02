import type { FullHealth, ProcessHealth } from '@tacho/api-contract';
import { openMailServer } from '../../packages/alerts/test/notify/mail-server.ts';
import { closedPort, closeLater, serving, servingHttp2 } from './places.ts';
import type { Planted, Seed } from './seed.ts';

const ENDPOINT = 'OTEL_EXPORTER_OTLP_ENDPOINT';

function exportingTo(port: number, more: Readonly<Record<string, string>> = {}): Planted {
  return { variables: { [ENDPOINT]: `http://127.0.0.1:${port}`, ...more } };
}

/** The service that is well, but for what it says of its process. */
function sayingOfItself(change: (process: ProcessHealth) => Partial<ProcessHealth>): Seed['plant'] {
  return async ({ well }) => {
    const port = await serving(async ({ url = '', headers }, response) => {
      const { authorization = '' } = headers;
      const answer = await fetch(new URL(url, well.admin.url), { headers: { authorization } });
      const body = (await answer.json()) as Partial<FullHealth>;
      const process = body.process && { ...body.process, ...change(body.process) };
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
      response.end(JSON.stringify(process === undefined ? body : { ...body, process }));
    });
    return { variables: { TACHO_ADMIN_PORT: String(port) } };
  };
}

const mail = { TACHO_MAIL_FROM: 'tacho@example.com', TACHO_MAIL_TO: 'ops@example.com' };

/** What is wrong between the service and others: backends, mail, itself. */
export const NETWORK_SEEDS: readonly Seed[] = [
  {
    name: 'a collector that does not run',
    id: 'exporter',
    status: 'problem',
    remedy: /^Start the collector there, or let OTEL_EXPORTER_OTLP_ENDPOINT lead/,
    plant: async () => exportingTo(await closedPort()),
  },
  {
    name: 'HTTP to the port of gRPC',
    id: 'exporter',
    status: 'problem',
    remedy: /over HTTP has port 4318 .* set OTEL_EXPORTER_OTLP_PROTOCOL=grpc/,
    plant: async () => exportingTo(await servingHttp2()),
  },
  {
    name: 'gRPC to the port of HTTP',
    id: 'exporter',
    status: 'problem',
    remedy: /over gRPC has port 4317 .* set OTEL_EXPORTER_OTLP_PROTOCOL=http\/protobuf/,
    plant: async () =>
      exportingTo(await serving((_request, response) => response.end('{}')), {
        OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      }),
  },
  {
    name: 'the path of a signal in the address for all',
    id: 'exporter',
    status: 'problem',
    remedy: /^Leave \/v1\/… out of OTEL_EXPORTER_OTLP_ENDPOINT/,
    async plant() {
      const port = await serving((request, response) => {
        response.writeHead(request.url === '/v1/traces' ? 200 : 404).end();
      });
      return {
        variables: { [ENDPOINT]: `http://127.0.0.1:${port}/v1/traces`, OTEL_METRICS_EXPORTER: 'none' },
      };
    },
  },
  {
    name: 'a backend that wants a key',
    id: 'exporter',
    status: 'problem',
    remedy: /OTEL_EXPORTER_OTLP_HEADERS=name=value/,
    async plant() {
      const port = await serving((request, response) => {
        response.writeHead(request.headers['x-api-key'] === 'the-right-one' ? 200 : 401).end();
      });
      return exportingTo(port, { OTEL_EXPORTER_OTLP_HEADERS: 'x-api-key=the-wrong-one' });
    },
  },
  {
    name: 'a sampler that there is not',
    id: 'sampling',
    status: 'problem',
    remedy: /^Set OTEL_TRACES_SAMPLER to one of always_on, /,
    plant: async () => ({ variables: { OTEL_TRACES_SAMPLER: 'ratio' } }),
  },
  {
    name: 'a mail server that is not there',
    id: 'mail',
    status: 'problem',
    remedy: /^Let TACHO_SMTP_URL lead to a server that listens there/,
    plant: async () => ({
      variables: { TACHO_SMTP_URL: `smtp://me:hunter22hunter@127.0.0.1:${await closedPort()}`, ...mail },
    }),
  },
  {
    name: 'a mail server that would have the password in the clear',
    id: 'mail',
    status: 'problem',
    remedy: /^Use a server with TLS: smtps:\/\/ and port 465/,
    async plant() {
      const server = await openMailServer({ hideSTARTTLS: true });
      closeLater(server);
      return { variables: { TACHO_SMTP_URL: `smtp://me:hunter22hunter@127.0.0.1:${server.port}`, ...mail } };
    },
  },
  {
    name: 'a service that does not run',
    id: 'service',
    status: 'problem',
    remedy: /^Start the service with startMonitoring\(\) or --import tacho\/register/,
    plant: async () => ({ variables: { TACHO_ADMIN_PORT: String(await closedPort()) } }),
  },
  {
    name: 'another program on the admin port',
    id: 'service',
    status: 'problem',
    remedy: /^Another program has the port: choose one with TACHO_ADMIN_PORT/,
    async plant() {
      const port = await serving((_request, response) => response.writeHead(404).end('<html>'));
      return { variables: { TACHO_ADMIN_PORT: String(port) } };
    },
  },
  {
    name: 'the token of another service',
    id: 'service',
    status: 'problem',
    remedy: /^Put the token that the service was started with into TACHO_ADMIN_TOKEN/,
    plant: async () => ({ variables: { TACHO_ADMIN_TOKEN: 'qV8n-3Bd0-Wm5z-Tt1k-Rr7' } }),
  },
  {
    name: 'a service of an earlier tacho',
    id: 'versions',
    status: 'warning',
    remedy: /^npm install tacho@0\.1\.0, where the older one is/,
    plant: sayingOfItself(() => ({ version: '0.0.9' })),
  },
  {
    name: 'a service on a Node without the fixes',
    id: 'node-version',
    status: 'warning',
    remedy: /^Install Node 22\.22\.3 or later, or 24\.16\.$/,
    plant: sayingOfItself(() => ({ node: '22.15.0' })),
  },
  {
    name: 'a clock that is an hour ahead',
    id: 'clock',
    status: 'problem',
    remedy: /^Let NTP set the clocks of both machines/,
    plant: sayingOfItself(({ now }) => ({
      now: new Date(Date.parse(now) + 3_600_000).toISOString().replace('Z', '000Z'),
      started: new Date(Date.parse(now) + 3_590_000).toISOString().replace('Z', '000Z'),
    })),
  },
  {
    name: 'an application that is not measured',
    id: 'traced-request',
    status: 'problem',
    remedy: /^Measure that process: call startMonitoring\(\) before its server listens/,
    async plant() {
      const port = await serving((_request, response) => response.end('fine'));
      return { arguments: ['--app', `http://127.0.0.1:${port}`] };
    },
  },
];
