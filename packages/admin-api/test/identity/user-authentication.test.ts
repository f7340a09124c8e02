import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@tacho/core/manual-clock';
import type { Authenticate } from '../../src/identity/identity.ts';
import { bearing, identifying, inWords, NOW_MS, requestWith } from './asked.ts';

const SECRET = 'Zaphod';

/** What comes of a request without credentials, or with others than ours; and what was warned of. */
async function asked(authenticate: Authenticate, request = requestWith()) {
  const warnings: string[] = [];
  const identify = identifying({ authenticate, warn: (line) => warnings.push(line) });
  return { found: inWords(await identify(request)), warnings };
}

const hostile = (trap: string) =>
  new Proxy(
    {},
    {
      [trap]: () => {
        throw new Error(SECRET);
      },
    },
  );

describe('whom the application knows', () => {
  it.each<[string, Authenticate, string]>([
    ['an administrator by default', () => ({ name: 'u' }), 'admin p-u'],
    ['an administrator', () => ({ name: 'u', role: 'admin' }), 'admin p-u'],
    ['a viewer, later', async () => ({ name: 'u', role: 'viewer' }), 'viewer p-u'],
    ['somebody with a long name', () => ({ name: 'u'.repeat(1024) }), `admin p-${'u'.repeat(1024)}`],
    [
      'somebody of a class',
      () =>
        new (class {
          name = 'u';
        })(),
      'admin p-u',
    ],
    ['nobody', () => undefined, 'anonymous'],
    ['nobody, as null', () => null, 'anonymous'],
    ['nobody, later', async () => undefined, 'anonymous'],
    ['by the request', (request) => ({ name: request.headers.cookie }), 'admin p-c=1'],
  ])('may be %s', async (_what, authenticate, expected) => {
    const request = requestWith();
    request.headers = { cookie: 'c=1' };
    expect(await asked(authenticate, request)).toEqual({ found: expected, warnings: [] });
  });

  it('is asked for where a token is unknown, or is none, which is refused where the application knows nobody', async () => {
    const other = requestWith('Authorization', 'Basic eDp5');
    expect((await asked(() => ({ name: 'u' }), bearing('x'))).found).toBe('admin p-u');
    expect((await asked(() => ({ name: 'u' }), other)).found).toBe('admin p-u');
    expect((await asked(() => undefined, bearing('x'))).found).toBe('unknown_token');
    expect((await asked(() => null, other)).found).toBe('no_bearer_token');
  });

  it('is nobody where there are two Authorization headers, and the application is not asked', async () => {
    const twice = requestWith('Authorization', 'Basic eDp5', 'authorization', 'Basic eDp5');
    const askedFor = () => {
      throw new Error('asked');
    };
    expect(await asked(askedFor, twice)).toEqual({ found: 'two_authorizations', warnings: [] });
  });
});

describe('an application that does wrong', () => {
  const ALLOWED =
    'allowed: a name of 1 to 1024 characters and perhaps the role "admin" or "viewer", or undefined. The request is refused';
  const rejecting = async () => {
    throw new RangeError(SECRET);
  };
  it.each<[string, Authenticate, string, string]>([
    [
      'throws',
      () => {
        throw new RangeError(SECRET);
      },
      'authenticate_failed',
      'failed with RangeError',
    ],
    ['rejects', rejecting, 'authenticate_failed', 'failed with RangeError'],
    [
      'throws a text',
      () => {
        throw SECRET;
      },
      'authenticate_failed',
      'failed with what is no error but string',
    ],
    [
      'throws what throws',
      () => {
        throw hostile('getPrototypeOf');
      },
      'authenticate_failed',
      'failed with something',
    ],
    ['gives true', () => true, 'authenticate_wrong', ALLOWED],
    ['gives false', () => false, 'authenticate_wrong', ALLOWED],
    ['gives a text', () => SECRET, 'authenticate_wrong', ALLOWED],
    ['gives a symbol', () => Symbol('late'), 'authenticate_wrong', ALLOWED],
    ['gives an array', () => [SECRET], 'authenticate_wrong', ALLOWED],
    ['gives no name', () => ({ user: SECRET, role: 'admin' }), 'authenticate_wrong', ALLOWED],
    ['gives an empty name', () => ({ name: '' }), 'authenticate_wrong', ALLOWED],
    ['gives a long name', () => ({ name: 'u'.repeat(1025) }), 'authenticate_wrong', ALLOWED],
    ['gives a number', () => ({ name: 17 }), 'authenticate_wrong', ALLOWED],
    ['gives another role', () => ({ name: 'u', role: SECRET }), 'authenticate_wrong', ALLOWED],
    ['gives "admin "', () => ({ name: 'u', role: 'admin ' }), 'authenticate_wrong', ALLOWED],
    ['gives roles', () => ({ name: 'u', role: ['admin'] }), 'authenticate_wrong', ALLOWED],
    ['gives a role of undefined', () => ({ name: 'u', role: undefined }), 'authenticate_wrong', ALLOWED],
    ['gives a proxy that throws', () => hostile('get'), 'authenticate_failed', 'failed with Error'],
    [
      'gives a promise of a promise of nonsense',
      async () => Promise.resolve(7),
      'authenticate_wrong',
      ALLOWED,
    ],
  ])(
    'is told once a request, without a word of its own, and nobody comes in: %s',
    async (_what, authenticate, reason, told) => {
      for (const request of [requestWith(), bearing('x')]) {
        const { found, warnings } = await asked(authenticate, request);
        expect(found).toBe(reason);
        expect(warnings).toEqual([expect.stringContaining(told)]);
        expect(warnings.join()).not.toContain(SECRET);
      }
    },
  );

  it('is waited for five seconds, and what it says later counts for nothing', async () => {
    const clock = new ManualClock(NOW_MS);
    const warnings: string[] = [];
    let answer: (value: unknown) => void = () => {};
    const authenticate = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    const identify = identifying({ authenticate, clock, warn: (line) => warnings.push(line) });
    const found = Promise.resolve(identify(requestWith()));
    await Promise.resolve();
    await clock.advanceWaiting(4_999);
    expect(await Promise.race([found.then(inWords), turn()])).toBeUndefined();
    await clock.advanceWaiting(1);
    expect(inWords(await found)).toBe('authenticate_late');
    answer({ name: 'u' });
    await turn();
    expect(inWords(await found)).toBe('authenticate_late');
    expect(warnings).toEqual(['adminApi.authenticate took longer than 5 s; the request is refused']);
    expect(clock.timerCount).toBe(0);
  });

  it('may reject later still, which ends nothing', async () => {
    const clock = new ManualClock(NOW_MS);
    let fail: (error: unknown) => void = () => {};
    const authenticate = () =>
      new Promise((_resolve, reject) => {
        fail = reject;
      });
    const found = Promise.resolve(identifying({ authenticate, clock, warn: () => {} })(requestWith()));
    await Promise.resolve();
    await clock.advanceWaiting(5_000);
    expect(inWords(await found)).toBe('authenticate_late');
    fail(new Error(SECRET));
    await turn();
  });

  it('leaves no timer where it answers in time', async () => {
    const clock = new ManualClock(NOW_MS);
    const identify = identifying({ authenticate: async () => ({ name: 'u' }), clock });
    expect(inWords(await identify(requestWith()))).toBe('admin p-u');
    await turn();
    expect(clock.timerCount).toBe(0);
  });
});
