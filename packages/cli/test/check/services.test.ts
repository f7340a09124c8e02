import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AdminServer, sendProblem, TOKEN } from '../admin-server.ts';
import { anEndpoint } from '../reports.ts';
import { Session, type SessionOptions } from '../session.ts';

const NAME = 'GET /x';

let current: AdminServer;
let baseline: AdminServer;

beforeEach(async () => {
  [current, baseline] = await Promise.all([AdminServer.start(), AdminServer.start()]);
});

afterEach(async () => {
  await Promise.all([current.close(), baseline.close()]);
});

function sessionOf(options: SessionOptions = {}): Session {
  return new Session({ variables: { TACHO_ADMIN_TOKEN: TOKEN }, ...options });
}

/** 50 requests a look, which take about so many seconds each, to the end of a check of `duration` seconds. */
function load(session: Session, duration: number, times: ReadonlyMap<AdminServer, number>): void {
  for (let look = 0; look <= 20; look++) {
    session.clock.at((look * duration * 1000) / 20, () => {
      for (const [server, time] of times) server.answers['/endpoints'] = measured(time, look + 5);
    });
  }
}

function measured(time: number, looks: number) {
  const buckets = Array.from({ length: 50 }, (_, index): [number, number] => [
    Number((time * (1 + index / 100)).toFixed(6)),
    looks,
  ]);
  const total_time = buckets.reduce((sum, [each, count]) => sum + each * count, 0);
  return { [NAME]: anEndpoint({ count: looks * 50, errors: 0, total_time, buckets }) };
}

describe('check of services', () => {
  it.each([
    ['equal ones', 0.1, 0],
    ['a slower one', 0.2, 1],
    ['a faster one', 0.05, 0],
  ])('watches two side by side, in the same moments: %s', async (_, time, code) => {
    const session = sessionOf();
    const [url, before] = [current.url, baseline.url];
    load(
      session,
      60,
      new Map([
        [current, time],
        [baseline, 0.1],
      ]),
    );
    const argv = ['--url', url, '--baseline-url', before, '--duration', '60'];
    expect(await session.run('check', ...argv, '--json')).toBe(code);
    const { checks } = JSON.parse(session.stdout);
    // What they had counted before is none of it.
    expect(checks).toMatchObject([
      { endpoint: NAME, check: 'max_slowdown', requests: 1000, baseline_requests: 1000 },
      { endpoint: NAME, check: 'max_error_increase', value: 0 },
    ]);
    expect(session.clock.waits).toEqual(Array.from({ length: 21 }, (_, look) => look * 3000));
    expect(new Set(current.asked.map(({ authorization }) => authorization))).toEqual(
      new Set([`Bearer ${TOKEN}`]),
    );
    expect(baseline.asked).toHaveLength(current.asked.length);
    expect(session.stderr).toBe('');
  });

  it('holds one against fixed limits, found as all commands find it', async () => {
    const variables = { TACHO_ADMIN_TOKEN: TOKEN, TACHO_ADMIN_PORT: String(current.port) };
    for (const [limit, code] of [
      ['150ms', 0],
      ['140ms', 1],
    ] as const) {
      const session = sessionOf({ variables });
      load(session, 60, new Map([[current, 0.1]]));
      expect(await session.run('check', '--max-p95', limit)).toBe(code);
    }
  });

  it('bears a service that is away for a while', async () => {
    const session = sessionOf();
    const { port } = baseline;
    session.clock.at(0, () => Object.assign(current.answers, { '/endpoints': measured(0.1, 1) }));
    session.clock.at(10_000, () => baseline.close());
    session.clock.at(20_000, () => baseline.open(port));
    session.clock.at(30_000, () => Object.assign(current.answers, { '/endpoints': measured(0.1, 9) }));
    const argv = [
      '--url',
      current.url,
      '--baseline-url',
      baseline.url,
      '--endpoint',
      NAME,
      '--max-avg',
      '1s',
    ];
    expect(await session.run('check', ...argv)).toBe(10);
    expect(session.stdout).toContain('average 125 ms, at most 1.00 s · 400 requests');
  });

  it.each([
    ['the first', () => current],
    ['the other', () => baseline],
  ])('is none where %s is down from the start: exit code 11', async (_, of) => {
    const session = sessionOf();
    const argv = ['--url', current.url, '--baseline-url', baseline.url];
    const { url } = of();
    await of().close();
    expect(await session.run('check', ...argv)).toBe(11);
    expect(session.stderr).toBe(`tacho: ${url} can't be reached: connection refused\n`);
    expect(session.stdout).toBe('');
  });

  it('is none where the service goes away after the first look: exit code 11', async () => {
    const session = sessionOf();
    const { url } = current;
    session.clock.at(1, () => current.close());
    expect(await session.run('check', '--url', url, '--max-avg', '1s')).toBe(11);
    expect(session.stderr).toMatch(/^tacho: http:\/\/127\.0\.0\.1:\d+ can't be reached: [^\n]+\n$/);
  });

  it('is none where the token is refused: exit code 11, and the token is nowhere', async () => {
    const session = sessionOf({ variables: { TACHO_ADMIN_TOKEN: 'secret-that-is-wrong' } });
    expect(await session.run('check', '--url', current.url, '--max-avg', '1s')).toBe(11);
    expect(session.stderr).toMatch(/^tacho: [^\n]+\n$/);
    expect(session.stderr).not.toContain('secret');
  });

  it('is none where it is answered nonsense: exit code 11', async () => {
    current.answer = (_request, response) => response.end('<html>');
    const session = sessionOf();
    expect(await session.run('check', '--url', current.url, '--max-avg', '1s')).toBe(11);
    current.answer = (_request, response) => sendProblem(response, 500, 'internal');
    expect(await session.run('check', '--url', current.url, '--max-avg', '1s')).toBe(11);
    expect(session.stderr).toMatch(/^(tacho: [^\n]+\n){2}$/);
  });

  it('can not tell of a service that was started anew', async () => {
    const session = sessionOf();
    session.clock.at(0, () => Object.assign(current.answers, { '/endpoints': measured(0.1, 9) }));
    session.clock.at(100, () => Object.assign(current.answers, { '/endpoints': measured(0.1, 1) }));
    expect(await session.run('check', '--url', current.url, '--max-avg', '1s')).toBe(10);
  });

  it('ends at once where it is interrupted', async () => {
    const session = sessionOf();
    session.clock.at(10_000, () => session.interrupt());
    expect(await session.run('check', '--url', current.url, '--max-avg', '1s')).toBe(130);
    expect([session.stdout, session.stderr]).toEqual(['', '']);
  });
});
