import { createPublicKey } from 'node:crypto';
import { once } from 'node:events';
import { Agent, createServer, METHODS, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OPERATIONS, type Operation } from '@tacho/api-contract';
import { MemoryJournal } from '@tacho/store';
import { createAdminApi } from '../src/admin-api.ts';
import { HeavyQueries } from '../src/limits/heavy-queries.ts';
import type { Handlers } from '../src/routes/handler.ts';
import { routerOf } from '../src/routes/router.ts';
import { DeskInMemory } from './alerts/desk-in-memory.ts';
import { tokenOf } from './bearers.ts';
import { identifying, NOW_MS } from './identity/asked.ts';
import { CLAIMS, NOW_S, RSA_ALGORITHMS, rs, rsa, signed, verificationBy } from './identity/signed.ts';
import { health, historyOf, someTraffic } from './served.ts';

const jwt = (claims: object): string => signed({ alg: 'RS256' }, { ...CLAIMS, ...claims }, rs(256));

const NO_ROLE = jwt({ role: 'guest' });
const VIEWER = 'a-token-of-a-viewer';
const ADMIN = 'a-token-of-an-admin';

/** Of the router itself: what is registered there, and nothing that is listed by hand. */
const routes = routerOf({} as Handlers, {
  heavy: new HeavyQueries(),
  isHeavy: () => false,
  onBroken: () => {},
}).stack.map(({ path, methods }) => ({ path: String(path), methods }));

let server: Server;
const agent = new Agent({ keepAlive: true, maxSockets: 16 });
beforeAll(async () => {
  const clock = { now: () => NOW_MS, every: () => () => {} };
  const adminApi = createAdminApi({
    history: historyOf(someTraffic()),
    clock,
    health,
    alerts: new DeskInMemory(),
    journal: new MemoryJournal(),
    writer: 'process',
    rateLimit: false,
    identify: identifying({
      tokens: [tokenOf(ADMIN), tokenOf(VIEWER, 'viewer', 'viewer')],
      jwt: verificationBy(createPublicKey(rsa.privateKey), RSA_ALGORITHMS),
    }),
  });
  // Mounted, as refusals at a port of its own are paced.
  server = createServer(adminApi.mounted()).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  agent.destroy();
  server.closeAllConnections();
  server.close();
});

function statusOf(method: string, path: string, token: string | undefined): Promise<number> {
  const headers = token === undefined ? {} : { authorization: token };
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const asked = request({
      agent,
      host: '127.0.0.1',
      port,
      method,
      path: `/api/performance${path}`,
      headers,
    });
    asked.on('response', (response) => {
      resolve(response.statusCode ?? 0);
      // A stream of events would go on.
      if (response.headers['content-type']?.startsWith('text/event-stream')) asked.destroy();
      else response.resume();
    });
    asked.on('error', reject).end();
  });
}

const ALL: readonly Operation[] = Object.values(OPERATIONS);

/** What somebody is answered who may: what is well put, badly put, or not there. */
function right(operation: Operation | undefined): number {
  if (operation === undefined) return 405;
  if (operation.body !== undefined) return 415;
  return operation.method === 'DELETE' ? 404 : operation.status;
}

/** What anybody is answered who has not the right role. */
const WRONG = [
  ['malformed', 'Bearer', 401],
  ['not bearer', `Basic ${ADMIN}`, 401],
  ['unknown', 'Bearer nobody-has-this-token', 401],
  ['expired', `Bearer ${jwt({ exp: NOW_S - 31 })}`, 401],
  ['no role', `Bearer ${NO_ROLE}`, 403],
] as const;

describe('every route', () => {
  it('is one of an operation that declares its policy', () => {
    const declared = ALL.map(({ path }) => path.replace(/\{(\w+)\}$/, '*$1'));
    expect(routes.map(({ path }) => path)).toEqual([...new Set(declared)]);
    expect(ALL.map(({ access }) => access)).toEqual(
      Array.from(declared, () => expect.stringMatching(/^(open|viewer|admin)$/)),
    );
  });

  it('that changes something is for admins', () => {
    const changes = ALL.filter(({ method }) => method !== 'GET');
    expect(changes.map(({ access }) => access)).toEqual(Array.from(changes, () => 'admin'));
  });

  it.each(routes.map(({ path, methods }) => [path, methods] as const))('%s', async (route, registered) => {
    const here = ALL.filter(({ path }) => path.replace('{', '*').replace('}', '') === route);
    const path = route.replace('*endpoint', 'GET%20%2F').replace('*id', 'zzzzzzzzzzzz');
    // A CONNECT is no request, and is closed by Node.
    const methods = METHODS.filter((method) => method !== 'CONNECT');
    expect(registered).toEqual(expect.arrayContaining(methods));
    for (const method of methods) {
      const asked = method === 'HEAD' ? 'GET' : method;
      const operation = here.find((one) => one.method === asked);
      const answered = right(operation);
      const seen = async (token: string | undefined) => statusOf(method, path, token);
      for (const [kind, token, status] of WRONG)
        expect([method, kind, await seen(token)]).toEqual([method, kind, status]);
      const { access } = operation ?? here[0]!;
      expect([method, 'none', await seen(undefined)]).toEqual([
        method,
        'none',
        access === 'open' ? answered : 401,
      ]);
      const viewer = access === 'admin' ? 403 : answered;
      expect([method, 'viewer', await seen(`Bearer ${VIEWER}`)]).toEqual([method, 'viewer', viewer]);
      expect([method, 'admin', await seen(`bearer ${ADMIN}`)]).toEqual([method, 'admin', answered]);
    }
  });
});

it('what is unknown is 401 to a stranger, 403 to who has no role, and 404 to the others', async () => {
  for (const path of ['/', '/nothing', '/summary/', '/Summary', '/endpoints/', '/users/1']) {
    const statuses = [undefined, `Bearer ${NO_ROLE}`, `Bearer ${VIEWER}`, `Bearer ${ADMIN}`];
    const seen = await Promise.all(statuses.map((token) => statusOf('GET', path, token)));
    expect([path, ...seen]).toEqual([path, 401, 403, 404, 404]);
  }
});
