import { beforeEach, describe, expect, it } from '@jest/globals';
import { canonicalAddress } from '@tacho/core';
import fc from 'fast-check';
import type { Client } from '../../src/limits/client-address.ts';
import {
  type Login,
  type RequestLimits,
  requestLimits,
  type Verdict,
} from '../../src/limits/request-limits.ts';

const MINUTE_MS = 60_000;

let nowMs: number;
let limits: RequestLimits;
beforeEach(() => {
  nowMs = 5_000_000;
  limits = requestLimits({ requestsPerMinute: 20, failuresPerMinute: 10 }, () => nowMs);
});

function client(key: string): Client {
  return { address: key, key, network: '', peerIsProxy: false };
}

const ALICE = client('203.0.113.77');
const BOB = client('198.51.100.1');

async function times<T>(count: number, run: (n: number) => T | Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let n = 0; n < count; n++) results.push(await run(n));
  return results;
}

function oks(verdicts: { ok: boolean }[]): number {
  return verdicts.filter(({ ok }) => ok).length;
}

/** Logs in; `verified` hears of each that is verified. */
let verified: string[];
beforeEach(() => {
  verified = [];
});
function login(from: Client, token: 'good' | 'bad'): Promise<Login<string>> {
  const verify = (): string => {
    verified.push(token);
    return token;
  };
  return limits.login(from, verify, (found) => found === 'bad');
}

describe('requests of an address', () => {
  it('are twice as many as those of an identity, and then refused until the minute is over', async () => {
    expect(oks(await times(40, () => limits.check(ALICE)))).toBe(40);
    nowMs += 12_000;
    expect(await limits.check(ALICE)).toEqual({
      ok: false,
      retryAfterSeconds: 48,
      headers: {
        'RateLimit-Limit': '40',
        'RateLimit-Remaining': '0',
        'RateLimit-Reset': '48',
        'RateLimit-Policy': '40;w=60',
        'Retry-After': '48',
      },
    });
    nowMs += 48_000;
    expect(oks(await times(41, () => limits.check(ALICE)))).toBe(40);
  });

  it('are refused without waiting once that is known', async () => {
    await times(40, () => limits.check(ALICE));
    expect(limits.check(ALICE)).toMatchObject({ ok: false });
  });

  it('are counted down', async () => {
    const verdicts = await times(3, () => limits.check(ALICE));
    expect(verdicts.map(({ headers }) => headers['RateLimit-Remaining'])).toEqual(['39', '38', '37']);
    expect(verdicts[0]?.headers).not.toHaveProperty('Retry-After');
  });

  it('are not those of another address', async () => {
    await times(50, () => limits.check(ALICE));
    expect(oks(await times(40, () => limits.check(BOB)))).toBe(40);
  });

  it('that come at once are counted each', async () => {
    expect(oks(await Promise.all(Array.from({ length: 100 }, () => limits.check(ALICE))))).toBe(40);
  });
});

describe('requests of an identity', () => {
  it('are counted wherever they come from', async () => {
    expect(oks(await times(25, () => limits.identified({ name: 'grafana' })))).toBe(20);
    expect(oks(await times(25, () => limits.identified({ name: '203.0.113.77' })))).toBe(20);
    expect(await limits.check(ALICE)).toMatchObject({ ok: true });
  });
});

describe('failed logins', () => {
  it('are ten a minute; the eleventh is refused before anything is verified, and so is a good one', async () => {
    const logins = await times(11, () => login(ALICE, 'bad'));
    expect([oks(logins), verified.length]).toEqual([10, 10]);
    expect(logins[10]).toMatchObject({ retryAfterSeconds: 60, headers: { 'RateLimit-Limit': '10' } });
    expect(limits.check(ALICE)).toMatchObject({ ok: false, retryAfterSeconds: 60 });
    expect([await login(ALICE, 'good'), verified.length]).toEqual([
      expect.objectContaining({ ok: false }),
      10,
    ]);

    nowMs += MINUTE_MS;
    expect(await limits.check(ALICE)).toMatchObject({ ok: true });
    expect(await login(ALICE, 'good')).toEqual({ ok: true, found: 'good' });
  });

  it('are those of one address', async () => {
    await times(11, () => login(ALICE, 'bad'));
    expect(await limits.check(BOB)).toMatchObject({ ok: true });
    expect(await login(BOB, 'good')).toMatchObject({ ok: true });
  });

  it('are not the good ones', async () => {
    expect(oks(await times(100, () => login(ALICE, 'good')))).toBe(100);
  });

  it('are no more than ten of a thousand at once', async () => {
    const logins = await Promise.all(Array.from({ length: 1_000 }, () => login(ALICE, 'bad')));
    expect([oks(logins), verified.length]).toEqual([10, 10]);
  });

  it('do not stop the good ones of a thousand at once', async () => {
    expect(oks(await Promise.all(Array.from({ length: 1_000 }, () => login(ALICE, 'good'))))).toBe(1_000);
  });

  it('are ten at most, whatever order they end in, and only they are refused', async () => {
    const login = fc.record({ isGood: fc.boolean(), tellsAfter: fc.nat(5), fails: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(login, { maxLength: 60 }), async (logins) => {
        const limits = requestLimits({ failuresPerMinute: 10 }, () => nowMs);
        let failed = 0;
        const results = await Promise.allSettled(
          logins.map(({ isGood, tellsAfter, fails }) =>
            limits.login(
              ALICE,
              async () => {
                for (let n = 0; n < tellsAfter; n++) await undefined;
                if (isGood && fails) throw new Error('no answer');
                if (!isGood) failed += 1;
                return isGood;
              },
              (found) => !found,
            ),
          ),
        );
        const bad = logins.filter(({ isGood }) => !isGood).length;
        expect(failed).toBe(Math.min(bad, 10));
        const refused = results.filter((result) => result.status === 'fulfilled' && !result.value.ok);
        if (bad < 10) expect(refused).toEqual([]);
        expect(limits.check(ALICE)).toEqual(
          bad < 10 ? expect.any(Promise) : expect.objectContaining({ ok: false }),
        );
      }),
    );
  });
});

describe('the time of day', () => {
  it('neither locks anybody out nor opens a limit when it is set', async () => {
    const { now } = Date;
    try {
      await times(11, () => login(ALICE, 'bad'));
      for (const jumpMs of [-3_600_000, 3_600_000, 86_400_000]) {
        Date.now = () => now() + jumpMs;
        expect(limits.check(ALICE)).toMatchObject({ ok: false, retryAfterSeconds: 60 });
      }
      Date.now = () => now() - 3_600_000;
      await times(41, () => limits.check(BOB));
      nowMs += MINUTE_MS;
      expect(oks(await times(1, () => limits.check(ALICE)))).toBe(1);
      expect(oks(await times(41, () => limits.check(BOB)))).toBe(40);
    } finally {
      Date.now = now;
    }
  });
});

describe('more addresses than are counted', () => {
  const stranger = (n: number): Client =>
    client(canonicalAddress(`10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`)!);

  it('share one count, and leave those who were counted before alone', async () => {
    await times(4_096, (n) => limits.check(stranger(n)));
    expect(oks(await times(100, (n) => limits.check(stranger(4_096 + n))))).toBe(40);
    expect(limits.check(stranger(1_000_000))).toMatchObject({ ok: false });
    expect(oks(await times(50, () => limits.check(stranger(7))))).toBe(39);
  });

  it('are counted by themselves again when a minute is over', async () => {
    await times(5_000, (n) => limits.check(stranger(n)));
    nowMs += MINUTE_MS;
    expect(oks(await times(2_000, (n) => limits.check(stranger(10_000 + n))))).toBe(2_000);
    expect(oks(await times(50, () => limits.check(stranger(20_000))))).toBe(40);
  });
});

describe('without limits', () => {
  it('everything is let through, unmentioned', async () => {
    limits = requestLimits(false);
    const allowed: Verdict = { ok: true, headers: {} };
    expect(await times(3_000, () => limits.check(ALICE))).toContainEqual(allowed);
    expect(oks(await times(3_000, () => login(ALICE, 'bad')))).toBe(3_000);
    expect(limits.identified({ name: 'grafana' })).toEqual(allowed);
  });
});
