import { describe, expect, it } from '@jest/globals';
import { CommandError } from '../src/command-error.ts';
import { anEndpoint, aSlowRequest, aSummary } from './reports.ts';
import { Screen } from './screen.ts';
import { serveEachTest } from './served-session.ts';
import type { Session } from './session.ts';

const each = serveEachTest();
const TERMINAL = { terminal: { columns: 80, rows: 24 } };

function screenOf(session: Session, columns: number, above = ''): Screen {
  const screen = new Screen(columns);
  screen.write(above);
  for (const write of session.writes) screen.write(write);
  return screen;
}

describe('monitor in a terminal', () => {
  it('shows a summary, the host, endpoints and slow requests', async () => {
    const session = each.session(TERMINAL);
    expect(await session.run('monitor')).toBe(0);
    expect(screenOf(session, 80).lines.map((line) => line.replace(/:\d+ /, ':PORT '))).toEqual([
      'tacho http://127.0.0.1:PORT  2026-11-23T12:46:01Z',
      'healthy  1,250 requests  2.4% errors  avg 234 ms  p95 1.25 s  12 slow',
      'CPU 15.2%  memory 45.8%  disk 67.3%  event loop p99 4.0 ms  heap 20.0 MB',
      '',
      'ENDPOINT              REQUESTS     P95  ERRORS     AVG     MAX',
      'POST /api/auth/login       150  1.20 s    3.3%  235 ms  1.46 s',
      'GET /users/{id}             40  400 ms    0.0%  4.0 ms  456 ms',
      '',
      'SLOWEST             TIME  STATUS         AT',
      'GET /api/reports  4.22 s     500  12:40:12Z',
      'last 24 hours  sample 2 of 2',
    ]);
    expect(session.stderr).toBe('');
  });

  it('redraws in place, below what was there before', async () => {
    const session = each.session(TERMINAL);
    session.clock.at(1000, () => {
      each.server.answers['/endpoints'] = {};
      each.server.answers['/slow-requests'] = [];
    });
    await session.run('monitor');
    const screen = screenOf(session, 80, '$ tacho monitor\n');
    expect(screen.lines).toHaveLength(5);
    expect(screen.lines[0]).toBe('$ tacho monitor');
    expect(screen.lines[4]).toBe('last 24 hours  sample 2 of 2');
  });

  it('tells when the next sample comes', async () => {
    const session = each.session(TERMINAL);
    const seen: string[] = [];
    session.clock.at(1000, () => seen.push(...screenOf(session, 80).lines));
    await session.run('monitor', '--interval', '10');
    expect(seen.at(-1)).toBe('last 24 hours  sample 1 of 7  next 12:45:11Z  Ctrl-C ends');
  });

  it('hides the cursor while it runs, and leaves the terminal as it was found', async () => {
    const session = each.session(TERMINAL);
    const during: boolean[] = [];
    session.clock.at(1000, () => during.push(screenOf(session, 80).cursorShown));
    await session.run('monitor');
    const { cursorShown, wraps } = screenOf(session, 80);
    expect([during, cursorShown, wraps]).toEqual([[false], true, true]);
    expect(session.resizeListeners).toBe(0);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('leaves the terminal as it was found on %s, exit code %i', async (signal, exitCode) => {
    const session = each.session(TERMINAL);
    session.clock.at(1000, () => session.interrupt(signal));
    expect(await session.run('monitor')).toBe(exitCode);
    expect(screenOf(session, 80)).toMatchObject({ cursorShown: true, wraps: true });
    expect(session.stderr).toBe('');
  });

  it('leaves the cursor alone where the service is down', async () => {
    const session = each.session(TERMINAL);
    await each.server.close();
    expect(await session.run('monitor')).toBe(1);
    expect(session.stdout).toBe('');
  });

  it('keeps the last answer on the screen while the service is away, and says why', async () => {
    const session = each.session(TERMINAL);
    session.clock.at(1000, () => each.server.close());
    expect(await session.run('monitor')).toBe(1);
    const { lines } = screenOf(session, 80);
    expect(lines[0]).toContain('2026-11-23T12:45:01Z');
    expect(lines[1]).toMatch(/^healthy {2}1,250 requests/);
    expect(lines[3]).toMatch(/^http:\/\/127\.0\.0\.1:\d+ can't be reached: connection/);
    expect(lines.at(-1)).toBe('last 24 hours  sample 2 of 2');
    expect(session.stderr).toMatch(/^tacho: 1 of 2 samples missed: .*\n$/);
  });

  it('ends where its output ends', async () => {
    const session = each.session(TERMINAL);
    session.clock.at(1000, () => session.closeStdout(new CommandError(0, '')));
    expect(await session.run('monitor')).toBe(0);
    expect(session.stderr).toBe('');
  });

  it('is drawn anew for another size, at once', async () => {
    const session = each.session(TERMINAL);
    session.clock.at(1000, () => {
      session.writes.length = 0;
      session.resize(20, 10);
    });
    await session.run('monitor', '--interval', '59');
    const first = session.writes[0] ?? '';
    // The 11 lines drawn in 80 columns take 34 rows of 20.
    expect(first).toContain('\x1b[34A');
    const screen = new Screen(20);
    screen.write(first);
    expect(screen.lines).toHaveLength(9);
    expect(Math.max(...screen.lines.map((line) => line.length))).toBeLessThanOrEqual(20);
  });

  it('shows hostile names escaped and cut', async () => {
    each.server.answers['/endpoints'] = {
      [`GET /\x1b]0;owned\x07\x1b[2J\r\n\u202e${'x'.repeat(10_000)}`]: anEndpoint(),
    };
    each.server.answers['/slow-requests'] = [aSlowRequest({ endpoint: '/\x1bc\x9b2J', method: 'G\x08T' })];
    const session = each.session(TERMINAL);
    await session.run('monitor');
    const { lines } = screenOf(session, 80);
    expect(lines[5]).toMatch(/^GET \/\\x1b\]0;owned\\x07\\x1b.*… {2,}10 +400 ms/);
    expect(lines[8]).toMatch(/^G\\x08T \/\\x1bc\\x9b2J {2}/);
  });

  it('falls back to plain lines where the terminal can do no more', async () => {
    const session = each.session({ ...TERMINAL, variables: { TERM: 'dumb' } });
    await session.run('monitor');
    expect(session.lines).toHaveLength(2);
    expect(session.stdout).not.toContain('\x1b');
  });
});

describe('colour in a terminal', () => {
  it.each([
    [{}, true],
    [{ NO_COLOR: '' }, true],
    [{ NO_COLOR: '1' }, false],
    [{ FORCE_COLOR: '0' }, false],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, true],
  ])('with %j: %s', async (variables: Record<string, string>, coloured) => {
    each.server.answers['/summary'] = aSummary({ system_health: 'critical' });
    const session = each.session({ ...TERMINAL, variables });
    await session.run('monitor');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are made of them
    expect(/\x1b\[[\d;]*m/.test(session.stdout)).toBe(coloured);
    expect(session.stdout.includes('\x1b[31mcritical')).toBe(coloured);
  });
});
