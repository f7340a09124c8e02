import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { MemoryJournal } from '@tacho/store';
import { createAdminApi } from '../../src/admin-api.ts';
import { DeskInMemory } from '../alerts/desk-in-memory.ts';
import { bearers } from '../bearers.ts';
import { clock, health, historyOf, someTraffic, TOKEN } from '../served.ts';

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** What is answered where an application has read the body before. @param parse what it then puts on the request */
async function answerTo(sent: string, parse: (bytes: Buffer) => unknown, isRead = true): Promise<string> {
  const handle = createAdminApi({
    history: historyOf(someTraffic()),
    clock,
    health,
    alerts: new DeskInMemory(),
    identify: bearers(TOKEN),
    journal: new MemoryJournal(),
    writer: 'process',
  }).mounted();
  server = createServer(async (request, response) => {
    const body = parse(isRead ? await buffer(request) : Buffer.alloc(0));
    handle(Object.assign(request, { body }), response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/api/performance/alerts/silences`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
    body: sent,
  });
  const { code, field } = (await response.json()) as { code?: string; field?: string };
  return [response.status, code, field].filter((part) => part !== undefined).join(' ');
}

const parsed = (bytes: Buffer): unknown => JSON.parse(bytes.toString());

describe('a body that the application has read', () => {
  it.each<[kind: string, parse: (bytes: Buffer) => unknown]>([
    ['JSON', parsed],
    ['a text', String],
    ['bytes', (bytes) => bytes],
  ])('is taken as %s', async (_kind, parse) => {
    expect(await answerTo('{"minutes":5}', parse)).toBe('201');
    server.close();
    expect(await answerTo('{"minutes":5,"x":1}', parse)).toBe('400 unknown_field x');
  });

  it.each<[kind: string, parse: (bytes: Buffer) => unknown]>([
    ['nothing', () => undefined],
    ['a list', () => []],
    ['a number', () => 5],
    ['what is no JSON', () => 'minutes=5'],
  ])('is refused as %s', async (_kind, parse) => {
    expect(await answerTo('{"minutes":5}', parse)).toBe('400 invalid_body');
  });

  it('is no other than what was sent, where nobody has read it', async () => {
    // Some parsers say that there is an empty object where they have not looked.
    expect(await answerTo('{"minutes":5}', () => ({}), false)).toBe('201');
    server.close();
    expect(await answerTo('{"minutes":0}', () => ({ minutes: 5 }), false)).toBe('400 invalid_field minutes');
  });
});
