import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { CommandError } from '../src/command-error.ts';
import { anEndpoint, aSlowRequest } from './reports.ts';
import { Screen } from './screen.ts';
import { serveEachTest } from './served-session.ts';
import type { Session } from './session.ts';
import { folderEachTest } from './temporary-folder.ts';

const each = serveEachTest();
const folder = folderEachTest();
const COLUMNS = 100;
const AS_FOUND = { cursorShown: true, wraps: true, isAlternate: false };
const KEYS = { down: '\x1b[B', up: '\x1b[A', right: '\x1b[C', end: '\x1b[F', pageDown: '\x1b[6~' };

function screenOf(session: Session, columns = COLUMNS): Screen {
  const screen = new Screen(columns);
  for (const write of session.writes) screen.write(write);
  return screen;
}

/** A session in a terminal, in which something is done while it waits for its second sample. */
async function watched(
  act: (session: Session) => Promise<void>,
  { argv = [], rows = 30 }: { argv?: string[]; rows?: number } = {},
): Promise<{ session: Session; exitCode: number }> {
  const session = each.session({ keyboard: true, terminal: { columns: COLUMNS, rows } });
  const failures: unknown[] = [];
  session.clock.at(500, async () => {
    await act(session).catch((error) => failures.push(error));
  });
  const exitCode = await session.run('monitor', ...argv);
  expect(failures).toEqual([]);
  expect(screenOf(session)).toMatchObject(AS_FOUND);
  expect([session.isTaken, session.resizeListeners]).toEqual([false, 0]);
  return { session, exitCode };
}

/** Waits for the screen to have a line like this; what is asked for comes over the network. */
async function shows(session: Session, line: RegExp): Promise<string[]> {
  for (let look = 0; look < 300; look++) {
    const { lines } = screenOf(session);
    if (lines.some((each) => line.test(each))) return lines;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`no ${line} in:\n${screenOf(session).lines.join('\n')}`);
}

/** The first words of the rows of the list. */
function rowsOf(lines: readonly string[], heading: string): string[] {
  const from = lines.findIndex((line) => line.includes(heading));
  const to = lines.findIndex((line) => line.startsWith('last 24 hours'));
  return lines
    .slice(from + 1, to)
    .filter((line) => line !== '')
    .map((line) => line.trim().split(/ {2,}/, 1)[0] ?? '');
}

describe('monitor in a terminal with a keyboard', () => {
  it('shows the same figures, history in bars, and a list with its first row selected', async () => {
    await watched(async (session) => {
      const lines = await shows(session, /^requests +▁.*█/);
      expect(lines[0]).toMatch(
        /^\[1 endpoints\] {2}2 slow requests {2}3 system {2}4 processes {2}tacho http:/,
      );
      expect(lines[1]).toMatch(/^healthy {2}1,250 requests {2}2\.4% errors/);
      expect(lines[2]).toMatch(/^CPU 15\.2%/);
      expect(lines[3]).toBe('history, last 24 hours in steps of 15m');
      expect(lines[7]).toMatch(/^ {2}ENDPOINT +REQUESTS▼ +P95 +ERRORS/);
      expect(rowsOf(lines, 'ENDPOINT')).toEqual(['> POST /api/auth/login', 'GET /users/{id}']);
      expect(lines.at(-2)).toBe('last 24 hours  sample 1 of 2  next 12:46:01Z');
      expect(lines.at(-1)).toMatch(/^q end {2}\? help {2}enter open/);
      expect(screenOf(session)).toMatchObject({ cursorShown: false, wraps: false, isAlternate: true });
    });
  });

  it('leaves the last frame behind as the view without keys does, and ends when the run does', async () => {
    const { session, exitCode } = await watched(async () => {});
    expect(exitCode).toBe(0);
    const { lines } = screenOf(session);
    expect(lines[0]).toMatch(/^tacho http:\/\/127\.0\.0\.1:\d+ {2}2026-11-23T12:46:01Z$/);
    expect(lines.at(-1)).toBe('last 24 hours  sample 2 of 2');
    expect(session.clock.elapsedMs()).toBe(60_000);
  });

  it('sorts by the column beside, and the other way round', async () => {
    await watched(async (session) => {
      session.type('s');
      expect(rowsOf(await shows(session, /P95▼/), 'ENDPOINT')[0]).toContain('POST');
      session.type('i');
      expect(rowsOf(await shows(session, /P95▲/), 'ENDPOINT')[0]).toContain('GET');
      session.type('\x1b[D\x1b[D');
      expect(rowsOf(await shows(session, /ENDPOINT▲/), 'ENDPOINT')[0]).toContain('GET');
    });
  });

  it('keeps the row selected as rows change their places', async () => {
    await watched(async (session) => {
      session.type(KEYS.down);
      each.server.answers['/endpoints'] = {
        'A /new': anEndpoint({ count: 9999 }),
        ...each.server.answers['/endpoints'],
      };
      session.type('r');
      expect(rowsOf(await shows(session, /A \/new/), 'ENDPOINT')).toEqual([
        'A /new',
        'POST /api/auth/login',
        '> GET /users/{id}',
      ]);
    });
  });

  it('filters by what is typed, and shows all again', async () => {
    await watched(async (session) => {
      session.type('/users');
      expect(rowsOf(await shows(session, /^\/users_ {2}1 of 2/), 'ENDPOINT')).toEqual(['> GET /users/{id}']);
      session.type('x\x7f\r');
      await shows(session, /^\/users {2}1 of 2 {2}q end/);
      session.type('/\x15nowhere\r');
      await shows(session, /nothing here has that in its name/);
      session.type('\x1b');
      expect(rowsOf(await shows(session, /^q end/), 'ENDPOINT')).toHaveLength(2);
    });
  });

  it('looks at an endpoint more closely, and comes back', async () => {
    each.server.answers['/slow-requests'] = [
      aSlowRequest({ endpoint: '/users/{id}', response_time: 9 }),
      aSlowRequest(),
    ];
    await watched(async (session) => {
      session.type(`${KEYS.down}\r`);
      const lines = await shows(session, /^requests +▁.*█/);
      expect(lines).toContain('GET /users/{id}');
      const text = lines.join('\n');
      expect(text).toContain('40 requests  0.0528/s  2xx 3xx 40  4xx 1  5xx 0  0.0% errors  apdex 1.00');
      expect(text).toMatch(/min 123 ms {2}avg 4\.0 ms {2}p50 200 ms {2}p90 300 ms {2}p95 400 ms/);
      expect(rowsOf(lines, 'SLOW REQUEST')).toEqual(['> GET /users/{id}']);
      expect(each.server.asked.map(({ target }) => target)).toContain(
        '/api/performance/trends?hours=24&endpoint=GET%20%2Fusers%2F%7Bid%7D',
      );
      session.type('t');
      await shows(session, /^history, last hour/);
      session.type('\x7f');
      expect(rowsOf(await shows(session, /ENDPOINT/), 'ENDPOINT')[1]).toBe('> GET /users/{id}');
    });
  });

  it('has views of slow requests, of the host and of processes, and help', async () => {
    await watched(async (session) => {
      session.type('2');
      expect(rowsOf(await shows(session, /SLOW REQUEST/), 'SLOW REQUEST')).toEqual(['> GET /api/reports']);
      session.type('\t');
      await shows(session, /HOST AT▼.*CPU/);
      session.type('\t');
      expect(rowsOf(await shows(session, /PROCESS +CPU▼/), 'PROCESS')).toHaveLength(2);
      session.type('?');
      await shows(session, /ctrl-z +stop; fg goes on/);
      session.type('1');
      await shows(session, /^\[1 endpoints\]/);
    });
  });

  it('pauses, though samples are taken on', async () => {
    const { session } = await watched(async (session) => {
      session.type('p');
      each.server.answers['/endpoints'] = {};
    });
    const last = session.writes.filter((write) => write.includes('PAUSED'));
    expect(last).toHaveLength(1);
    expect(session.writes.at(-1)).not.toContain('users/{id}');
  });

  it.each([
    ['q', 0],
    ['\x03', 130],
  ])('ends at %j with %i', async (key, code) => {
    const { session, exitCode } = await watched(async (session) => session.type(key));
    expect([exitCode, session.stderr]).toEqual([code, '']);
    expect(session.clock.elapsedMs()).toBeLessThan(1000);
    expect(screenOf(session).lines.at(-1)).toMatch(/^last 24 hours {2}sample 1 of 2/);
  });

  it('is stopped and goes on, on a screen that is drawn anew', async () => {
    const { session } = await watched(async (session) => {
      const before = screenOf(session).lines;
      session.type('\x1a');
      expect(screenOf(session).lines).toEqual(before);
    });
    expect(session.stops).toBe(1);
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('ends at %s with %i', async (signal, code) => {
    const { exitCode } = await watched(async (session) => session.interrupt(signal));
    expect(exitCode).toBe(code);
  });

  it('ends where its output ends', async () => {
    const { exitCode } = await watched(async (session) => session.closeStdout(new CommandError(0, '')));
    expect(exitCode).toBe(0);
  });

  it('is drawn anew for another size', async () => {
    const session = each.session({ keyboard: true, terminal: { columns: COLUMNS, rows: 30 } });
    session.clock.at(500, () => {
      session.writes.splice(1);
      session.resize(30, 8);
    });
    await session.run('monitor', '--interval', '59');
    const [enter = '', drawn = ''] = session.writes;
    const screen = new Screen(30);
    screen.write(enter + drawn);
    expect(screen.lines).toHaveLength(8);
    expect(Math.max(...screen.lines.map((line) => line.length))).toBeLessThanOrEqual(30);
  });

  it('says that the service is away, goes on trying, and counts what it missed', async () => {
    const { port } = each.server;
    const session = each.session({ keyboard: true, terminal: { columns: COLUMNS, rows: 30 } });
    let away: string[] = [];
    session.clock.at(500, () => each.server.close());
    session.clock.at(1500, async () => {
      away = screenOf(session).lines;
      await each.server.open(port);
    });
    expect(await session.run('monitor', '--interval', '1', '--duration', '2')).toBe(1);
    expect(away.join('\n')).toMatch(/can't be reached: connection/);
    expect(away.join('\n')).toContain('GET /users/{id}');
    expect(session.stderr).toMatch(/^tacho: 1 of 3 samples missed/);
    expect(screenOf(session).lines.join('\n')).not.toContain("can't be reached");
  });

  it('saves what was seen by the time that somebody ended it', async () => {
    const argv = ['--save', folder.path];
    const { session, exitCode } = await watched(async (session) => session.type('q'), { argv });
    expect([exitCode, session.stderr]).toEqual([0, '']);
    const [name = ''] = readdirSync(folder.path);
    expect(session.stdout).toContain(`saved ${folder.path}/${name}\n`);
    const saved = JSON.parse(readFileSync(`${folder.path}/${name}`, 'utf8'));
    expect(saved).toMatchObject({ missed_samples: 0, skipped_samples: 0 });
    expect(saved.samples).toHaveLength(1);
  });

  it('takes no keyboard for lines, JSON and terminals that can do no more', async () => {
    for (const [argv, variables] of [
      [['--json'], {}],
      [[], { TERM: 'dumb' }],
    ] as const) {
      const session = each.session({ keyboard: true, terminal: { columns: 80, rows: 24 }, variables });
      expect(await session.run('monitor', ...argv)).toBe(0);
      expect(session.stdout).not.toContain('\x1b');
    }
  });
});
