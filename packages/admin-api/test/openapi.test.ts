import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OPERATIONS, type OpenApiDocument, OpenApiDocumentSchema } from '@tacho/api-contract';
import { MemoryJournal } from '@tacho/store';
import * as v from 'valibot';
import { createAdminApi } from '../src/admin-api.ts';
import { bearers } from './bearers.ts';
import { clock, health, historyOf, type Served, serve, someTraffic, TOKEN } from './served.ts';

let served: Served;
beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.close());

async function documentAt(url: string): Promise<OpenApiDocument> {
  const response = await fetch(url, { headers: { Authorization: `Bearer ${TOKEN}` } });
  expect(response.status).toBe(200);
  return v.parse(OpenApiDocumentSchema, await response.json());
}

describe('GET /openapi.json', () => {
  it('describes every operation, below the prefix of the request', async () => {
    const document = await documentAt(`http://127.0.0.1:${served.port}/api/performance/openapi.json`);
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(document.servers).toEqual([{ url: '/api/performance' }]);
    const described = Object.entries(document.paths as Record<string, object>);
    expect(described.flatMap(([path, methods]) => Object.keys(methods).map((one) => [one, path]))).toEqual(
      Object.values(OPERATIONS).map(({ method, path }) => [method.toLowerCase(), path]),
    );
  });

  it.each([
    ['/ops/tacho', '/ops/tacho'],
    ['/', '/'],
  ])('says where the resources are: mounted under %s', async (prefix, url) => {
    const adminApi = createAdminApi({
      history: historyOf(someTraffic()),
      clock,
      health,
      identify: bearers(TOKEN),
      journal: new MemoryJournal(),
      writer: 'process',
    });
    const server = createServer(adminApi.mounted({ prefix })).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const document = await documentAt(`http://127.0.0.1:${port}${prefix.replace(/\/$/, '')}/openapi.json`);
    expect(document.servers).toEqual([{ url }]);
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
});
