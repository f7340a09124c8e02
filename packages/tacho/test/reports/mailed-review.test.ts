import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  DAY_MS,
  DEFAULT_HEALTH_THRESHOLDS,
  DEFAULT_LIMITS,
  encodeWindow,
  HOUR_MS,
  MINUTE_MS,
  Window,
} from '@tacho/core';
import { ManualClock } from '@tacho/core/manual-clock';
import { History, MemoryState, MemoryStore } from '@tacho/store';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { notices } from '../../src/log/notices.ts';
import { openReports, type Reports } from '../../src/reports/reports.ts';

const MONDAY_MS = Date.UTC(2026, 1, 2);
const ROUTE = '/a<script>alert(1)</script>\u202e\u001b[2J';

let clock: ManualClock;
let state: MemoryState;
let store: MemoryStore;
let server: SMTPServer;
let port: number;
let arrived: ParsedMail[];
let connections: number;
let warned: string[];
const opened: Reports[] = [];

beforeEach(async () => {
  clock = new ManualClock(MONDAY_MS - 3 * DAY_MS);
  state = new MemoryState({ clock });
  store = new MemoryStore({ clock, limits: DEFAULT_LIMITS });
  arrived = [];
  connections = 0;
  warned = [];
  await serve(0);
});
afterEach(async () => {
  for (const reports of opened.splice(0)) reports.end();
  await close();
});

async function serve(at: number): Promise<void> {
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    onConnect: (_session, done) => {
      connections++;
      done();
    },
    onData: (stream, _session, done) => {
      void simpleParser(stream).then((mail) => {
        arrived.push(mail);
        done();
      });
    },
  });
  server.on('error', () => {});
  server.listen(at, '127.0.0.1');
  await once(server.server, 'listening');
  port = (server.server.address() as AddressInfo).port;
}

const close = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

function openedReports(writer = 'a'): Reports {
  const reports = openReports({
    periods: ['week'],
    mail: {
      server: { host: '127.0.0.1', port, isTls: false, login: undefined },
      from: 'tacho <tacho@example.com>',
      to: ['ops@example.com'],
      allowPlainAuth: true,
    },
    state,
    writer,
    history: new History({ store, limits: DEFAULT_LIMITS }),
    thresholds: DEFAULT_HEALTH_THRESHOLDS,
    service: 'shop',
    clock,
    notices: notices(clock.now, (_level, text) => warned.push(text)),
  });
  opened.push(reports);
  return reports;
}

async function measure(): Promise<void> {
  const minuteMs = MONDAY_MS - DAY_MS;
  const window = new Window(DEFAULT_LIMITS, minuteMs, minuteMs + MINUTE_MS);
  for (let n = 0; n < 30; n++) {
    window.record({
      startMs: minuteMs + n,
      durationMs: 2500,
      method: 'GET',
      route: ROUTE,
      status: 500,
      outcome: 'completed',
      user: 'k1.ada',
      traceId: undefined,
    });
  }
  await store.append([
    { minuteMs, spanMs: MINUTE_MS, writer: 'w', sequence: 0, payload: encodeWindow(window) },
  ]);
}

/** A leader for so long, who comes by each ten seconds of that. */
async function lead(reports: Reports, forMs: number, everyMs = 5 * MINUTE_MS): Promise<void> {
  for (let passedMs = 0; passedMs < forMs; passedMs += everyMs) {
    reports.send();
    clock.nowMs += everyMs;
    await settled();
  }
}

/** Until the state says that nobody is at it. */
async function settled(): Promise<void> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    const text = await state.get('report:week');
    if (text !== undefined && !text.includes('trying')) return;
  }
}

describe('a review by mail', () => {
  it('arrives once, as text and as HTML, and what was measured is nothing but text in it', async () => {
    await lead(openedReports(), HOUR_MS, HOUR_MS);
    await measure();
    clock.nowMs = MONDAY_MS;
    await lead(openedReports('b'), HOUR_MS);
    await lead(openedReports('c'), HOUR_MS);
    expect(arrived).toHaveLength(1);
    const [mail] = arrived;
    expect(mail?.subject).toMatch(/^shop, week 5 of 2026: 30 requests, 100\.0% errors, p95 2\.5\d s$/);
    expect(mail?.text).toContain('Review of shop: week 5 of 2026');
    expect(mail?.text).toContain('GET /a<script>alert(1)</script>\\u202e\\x1b[2J');
    expect(mail?.html).toContain('GET /a&lt;script&gt;alert(1)&lt;/script&gt;\\u202e\\x1b[2J');
    for (const raw of ['<script', '\u202e', '\u001b']) expect(mail?.html).not.toContain(raw);
    expect(warned).toEqual([]);
  });

  it('waits for a mail server that is away, and holds up nobody', async () => {
    await lead(openedReports(), HOUR_MS, HOUR_MS);
    await measure();
    clock.nowMs = MONDAY_MS + 10 * MINUTE_MS;
    const reports = openedReports();
    await close();
    await lead(reports, HOUR_MS);
    expect(arrived).toEqual([]);
    expect(warned[0]).toMatch(/^the review of 2026-W05 was not mailed: /);
    await serve(port);
    await lead(reports, 2 * HOUR_MS, 10 * MINUTE_MS);
    expect(arrived).toHaveLength(1);
  });

  it('is not asked for where there is no mail, or nothing to send', async () => {
    const reports = openReports({ periods: ['week'], mail: undefined } as never);
    reports.send();
    reports.end();
    await lead(openedReports(), HOUR_MS, HOUR_MS);
    expect(connections).toBe(0);
  });
});
