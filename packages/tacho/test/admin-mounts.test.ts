import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { DEFAULT_LIMITS } from '@tacho/core';
import { History, MemoryJournal, MemoryStore } from '@tacho/store';
import { openAdminApi } from '../src/admin-listener.ts';
import { adminMounts } from '../src/admin-mounts.ts';
import { resolveAdminApi } from '../src/config/admin-api-config.ts';
import { readEnvironment } from '../src/config/environment.ts';
import { prefixFrom } from '../src/config/mount-options.ts';
import { INERT_MONITORING } from '../src/monitoring.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const clock = { now: Date.now, every: () => () => {} };

/** The admin API as a start without any token has it. */
function openShut() {
  const told: string[] = [];
  const store = new MemoryStore({ clock, limits: DEFAULT_LIMITS });
  const tell = (text: string): void => void told.push(text);
  const admin = openAdminApi({
    config: resolveAdminApi(undefined, readEnvironment({})),
    history: new History({ store, limits: DEFAULT_LIMITS, unstored: () => [] }),
    health: () => {
      throw new Error('nobody asks how it is');
    },
    claims: undefined,
    journal: new MemoryJournal(),
    writer: 'process',
    keyPeriods: () => [],
    pseudonymOf: (user) => user,
    clock,
    notices: { info: tell, warn: tell, error: tell, warnRarely: (_kind, text) => tell(text) },
    thresholds: undefined,
    tellTerminal: undefined,
    hide: () => {},
  });
  return { admin, told };
}

describe('mounted without a token', () => {
  it('nobody comes in, and after the shutdown there is nothing to come into', async () => {
    const { admin, told } = openShut();
    const leftOut: (string | undefined)[] = [];
    const { mountedAt } = admin;
    if (mountedAt === undefined) throw new Error('there is an admin API');
    const mounts = adminMounts({ mountedAt, leaveOut: ({ url }) => void leftOut.push(url) });
    const url = await serve(mounts.adminHandler({ prefix: '/ops' }));
    expect((await fetch(`${url}/ops/health`)).status).toBe(401);
    const ask = async (token: string | undefined): Promise<number> => {
      const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` };
      const answer = await fetch(`${url}/ops/summary`, { headers });
      await answer.arrayBuffer();
      return answer.status;
    };
    expect([await ask(undefined), await ask('undefined'), await ask('guessed')]).toEqual([401, 401, 401]);
    await admin.close();
    expect(await ask('guessed')).toBe(503);
    expect(leftOut).toEqual(['/ops/health', ...Array(4).fill('/ops/summary')]);
    expect(told).toHaveLength(1);
  });
});

describe('the options of a mount', () => {
  it.each([
    [undefined, '/api/performance'],
    [{}, '/api/performance'],
    [{ prefix: undefined }, '/api/performance'],
    [{ prefix: '/' }, '/'],
    [{ prefix: '/ops/performance/' }, '/ops/performance/'],
  ])('%j are allowed', (options, prefix) => {
    expect(prefixFrom(options)).toBe(prefix);
  });

  it.each([['/ops'], [{ prefix: 'ops' }], [{ prefix: '/a?b' }], [{ path: '/ops' }], [null], [17], [[]]])(
    '%j are not, and that is said',
    (options) => {
      expect(() => prefixFrom(options)).toThrow(
        expect.objectContaining({ code: 'TACHO_BAD_OPTION', message: expect.stringContaining('allowed: ') }),
      );
    },
  );
});

describe('the handle of what does not run', () => {
  it('leaves everything to the application', async () => {
    const handler = INERT_MONITORING.adminHandler();
    const url = await serve((request, response) => handler(request, response, () => response.end('theirs')));
    expect(await (await fetch(`${url}/api/performance/summary`)).text()).toBe('theirs');
    expect((await fetch(`${await serve(handler)}/api/performance/summary`)).status).toBe(404);
    expect(await INERT_MONITORING.adminMiddleware()({}, async () => 'theirs')).toBe('theirs');
  });
});
