import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { validateReview } from '@tacho/api-contract';
import {
  ceilTo,
  DAY_MS,
  DEFAULT_LIMITS,
  floorTo,
  lastPeriodBy,
  MINUTE_MS,
  Window,
  wholeReviewReport,
} from '@tacho/core';
import { EXIT_CODES } from '../src/exit-codes.ts';
import { send } from './admin-server.ts';
import { serveEachTest } from './served-session.ts';
import { Session } from './session.ts';
import { createStore, storeTools } from './stores.ts';
import { folderEachTest } from './temporary-folder.ts';
import { START_MS } from './virtual-clock.ts';

/** The others are of check alone. */
const { cannotTell, unchecked, ...ITS_CODES } = EXIT_CODES;

const folder = folderEachTest();
const served = serveEachTest();

const ESC = '\u001b[2J';

/** A window of yesterday, as seen from the virtual clock. */
function yesterday(): Window {
  const startMs = floorTo(START_MS - DAY_MS, MINUTE_MS);
  const window = new Window(DEFAULT_LIMITS, startMs, startMs + MINUTE_MS);
  for (let n = 0; n < 30; n++) {
    window.record({
      startMs,
      durationMs: 3000 + n,
      method: 'GET',
      route: `/a${ESC}`,
      status: 200,
      outcome: 'completed',
      user: 'k1.ada',
      traceId: undefined,
    });
  }
  return window;
}

/** As the service of `served` answers it. */
function aReview() {
  const span = lastPeriodBy('day', START_MS);
  const answer = { resolution: 'hour', skippedRows: 0, partial: false } as const;
  const covered = { ...answer, fromMs: span.fromMs, toMs: span.toMs };
  const series = { ...covered, stepMs: 3_600_000, steps: [] };
  const past = {
    span,
    previous: lastPeriodBy('day', span.fromMs),
    now: { ...covered, window: yesterday() },
    series,
    before: { ...covered, window: new Window(DEFAULT_LIMITS) },
    seriesBefore: series,
    beforeEndMs: span.fromMs,
  };
  return wholeReviewReport(past, { nowMs: START_MS, users: true });
}

function servesReview(): void {
  served.server.answer = (_, response) => send(response, 200, aReview());
}

describe('tacho report', () => {
  it('prints the review that a service gives, nothing in it obeyed by the terminal', async () => {
    servesReview();
    const session = served.session();
    expect(await session.run('report', '--period', 'day')).toBe(0);
    expect(served.server.asked.map(({ target }) => target)).toEqual(['/api/performance/review?period=day']);
    expect(session.stdout).toMatch(/^Review: \d+ \w{3} \d{4}\n/);
    expect(session.stdout).toContain('GET /a\\x1b[2J');
    expect(session.stdout).not.toContain('\u001b');
    expect(session.stderr).toBe('');
  });

  it('asks for the one that ended before a moment, or for the one that runs', async () => {
    servesReview();
    expect(await served.session().run('report', '--period', 'week', '--ending', '2026-02-01')).toBe(0);
    expect(await served.session().run('report', '--period', 'month', '--current')).toBe(0);
    expect(served.server.asked.map(({ target }) => target.split('?')[1])).toEqual([
      `period=week&ending=${Date.UTC(2026, 1, 1)}`,
      'period=month&current=true',
    ]);
  });

  it('is JSON as the contract has it', async () => {
    servesReview();
    const session = served.session();
    expect(await session.run('report', '--json')).toBe(0);
    expect(validateReview(JSON.parse(session.stdout))).toMatchObject({ ok: true });
  });

  it('is a page in a file for its owner alone, which replaces what was there', async () => {
    servesReview();
    await writeFile(join(folder.path, 'day.html'), 'yesterday');
    const session = served.session({ folder: folder.path });
    expect(await session.run('report', '--format', 'html', '--output', 'day.html')).toBe(0);
    expect(session.stdout).toBe('');
    expect(await readFile(join(folder.path, 'day.html'), 'utf8')).toMatch(/^<!DOCTYPE html>/);
    expect((await stat(join(folder.path, 'day.html'))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder.path)).toEqual(['day.html']);
  });

  it("says what it can't write, and leaves nothing behind", async () => {
    servesReview();
    await mkdir(join(folder.path, 'taken'));
    const session = served.session({ folder: folder.path });
    expect(await session.run('report', '--output', 'taken')).toBe(EXIT_CODES.failed);
    expect(session.stderr).toMatch(/^tacho: can't write ".*taken": it is a folder\n$/);
    expect(await readdir(folder.path)).toEqual(['taken']);
  });

  it('is made of a file without a service', async () => {
    await createStore(folder.path);
    const session = new Session({ folder: folder.path, stores: storeTools });
    const dayAfterMs = ceilTo(START_MS - 10_000 * MINUTE_MS, DAY_MS);
    expect(await session.run('report', '--store', '--json', '--ending', String(dayAfterMs))).toBe(0);
    const review = JSON.parse(session.stdout);
    expect(validateReview(review)).toMatchObject({ ok: true });
    expect(review).toMatchObject({
      period: 'day',
      total_requests: 3,
      top_endpoints: [{ endpoint: 'GET /secret-route/0', count: 3 }],
      comparison: null,
    });
    expect(review.heaviest_users).toHaveLength(1);
  });

  it('says that there is no file', async () => {
    const session = new Session({ folder: folder.path, stores: storeTools });
    expect(await session.run('report', '--store')).toBe(EXIT_CODES.missing);
    expect(session.stderr).toMatch(/^tacho: .*tacho\.db/);
  });

  it.each([
    [['--period', 'year'], '--period "year": expected one of day, week, month'],
    [['--format', 'pdf'], '--format "pdf": expected one of text, html, json'],
    [['--format', 'html', '--json'], '--json and --format "html": expected one of them'],
    [['--ending', 'now'], '--ending "now": expected a date such as 2026-02-01, or a time in ISO 8601'],
    [
      ['--ending', '2026-02-01', '--current'],
      '--current is of the one that runs: expected it without --ending',
    ],
    [
      ['--store', 'a.db', '--url', 'http://a'],
      '--store reads a file: expected it without --url and --token-file',
    ],
    [['--output', ''], '--output "": expected a file'],
    [
      ['--token', 's'],
      '--token is refused, the process list shows it: use TACHO_ADMIN_TOKEN or --token-file',
    ],
  ])('is used wrongly: %j', async (argv, message) => {
    const session = new Session({ folder: folder.path });
    expect(await session.run('report', ...argv)).toBe(EXIT_CODES.usage);
    expect(session.stderr).toBe(`tacho: ${message}\n`);
    expect(session.stdout).toBe('');
  });

  it('has its options, the line for cron and every exit code in its help', async () => {
    const session = new Session();
    expect(await session.run('report', '--help')).toBe(0);
    expect(session.stdout).toContain('0 */6 * * * cd /srv/app && npx tacho report --period day --current\n');
    for (const option of [
      'period',
      'ending',
      'current',
      'format',
      'json',
      'output',
      'store',
      'url',
      'token-file',
    ])
      expect(session.stdout).toMatch(new RegExp(` --${option}\\b`));
    expect(session.stdout).not.toContain('--token ');
    for (const code of Object.values(ITS_CODES))
      expect(session.stdout).toMatch(new RegExp(`^ {2}${code} {2}`, 'm'));
  });
});
