import { beforeEach, describe, expect, it } from '@jest/globals';
import type { RequestRecord } from '@tacho/core';
import { ManualClock } from '@tacho/core/manual-clock';
import type { LogEntry, Logger } from '../../src/log/logger.ts';
import { RequestLog } from '../../src/log/request-log.ts';

const ORDINARY: RequestRecord = {
  startMs: 1_700_000_000_000,
  durationMs: 12.3456789,
  method: 'GET',
  route: '/orders/{id}',
  status: 200,
  outcome: 'completed',
  user: 'a-pseudonym',
  traceId: '0af7651916cd43dd8448eb211c80319c',
};
const FAILED = { ...ORDINARY, status: 500 };
const SLOW = { ...ORDINARY, durationMs: 2000.5 };

let clock: ManualClock;
let lines: [level: keyof Logger, entry: LogEntry][];
let log: RequestLog;

beforeEach(() => {
  clock = new ManualClock(1_700_000_000_000);
  lines = [];
  const take = (level: keyof Logger) => (entry: LogEntry) => lines.push([level, entry]);
  log = new RequestLog({ info: take('info'), warn: take('warn'), error: take('error') }, clock);
});

function times(count: number, record: RequestRecord): void {
  for (let index = 0; index < count; index++) log.record(record);
}

describe('a line about a request', () => {
  it('tells a server error', () => {
    log.record(FAILED);
    expect(lines).toEqual([
      [
        'error',
        {
          event: 'server_error',
          method: 'GET',
          route: '/orders/{id}',
          status: 500,
          duration_s: 0.012346,
          trace_id: '0af7651916cd43dd8448eb211c80319c',
        },
      ],
    ]);
  });

  it('tells a slow request', () => {
    log.record({ ...SLOW, traceId: undefined });
    expect(lines).toEqual([
      [
        'warn',
        {
          event: 'slow_request',
          method: 'GET',
          route: '/orders/{id}',
          status: 200,
          duration_s: 2.0005,
          trace_id: null,
        },
      ],
    ]);
  });

  it('is one where a request is both', () => {
    log.record({ ...SLOW, status: 503 });
    expect(lines).toMatchObject([['error', { event: 'server_error', status: 503, duration_s: 2.0005 }]]);
  });

  it('names the outcome where it is not the usual one', () => {
    log.record({ ...FAILED, outcome: 'streamed' });
    expect(lines).toMatchObject([['error', { event: 'server_error', outcome: 'streamed' }]]);
  });

  it.each<[why: string, record: RequestRecord]>([
    ['an ordinary one', ORDINARY],
    ['a client error', { ...ORDINARY, status: 499 }],
    ['just not slow', { ...ORDINARY, durationMs: 2000 }],
    ['an abort, whose status means nothing', { ...FAILED, outcome: 'aborted' }],
    ['an abort, whose time is the client’s', { ...SLOW, outcome: 'aborted' }],
    ['a long stream', { ...SLOW, outcome: 'streamed' }],
    ['one with numbers that are none', { ...ORDINARY, status: Number.NaN, durationMs: Number.NaN }],
  ])('is not written for %s', (_why, record) => {
    log.record(record);
    expect(lines).toEqual([]);
  });
});

describe('too many lines', () => {
  it('are cut to 20 at once, and one a second in the long run', () => {
    times(100, FAILED);
    expect(lines).toHaveLength(20);
    for (let second = 1; second <= 30; second++) {
      clock.nowMs += 1000;
      times(10, FAILED);
      expect(lines).toHaveLength(20 + second);
    }
  });

  it('are told by the next line', () => {
    times(25, FAILED);
    clock.nowMs += 2000;
    times(2, SLOW);
    const told = lines.slice(19).map(([, entry]) => [entry.event, entry.left_out]);
    expect(told).toEqual([
      ['server_error', undefined],
      ['slow_request', 5],
      ['slow_request', undefined],
    ]);
  });

  it('are told at the minute where no line follows, once', () => {
    times(23, FAILED);
    lines.length = 0;
    clock.advance(59_999);
    expect(lines).toEqual([]);
    clock.advance(1);
    clock.advance(600_000);
    expect(lines).toEqual([['warn', { event: 'requests_not_logged', left_out: 3 }]]);
  });

  it('are told at the end', () => {
    times(21, FAILED);
    lines.length = 0;
    log.stop();
    expect(lines).toEqual([['warn', { event: 'requests_not_logged', left_out: 1 }]]);
    expect(clock.timerCount).toBe(0);
    log.stop();
    expect(lines).toHaveLength(1);
  });

  it('never go uncounted', () => {
    for (let round = 0; round < 500; round++) {
      times(round % 7, round % 2 === 0 ? FAILED : SLOW);
      clock.advance(round * 13);
    }
    log.stop();
    const written = lines.filter(([, { event }]) => event !== 'requests_not_logged').length;
    const leftOut = lines.reduce((sum, [, entry]) => sum + Number(entry.left_out ?? 0), 0);
    expect(written + leftOut).toBe(
      Array.from({ length: 500 }, (_, round) => round % 7).reduce((a, b) => a + b),
    );
    expect(leftOut).toBeGreaterThan(0);
  });
});
