import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  DAY_MS,
  DEFAULT_LIMITS,
  encodeWindow,
  endpointsReport,
  HOUR_MS,
  MINUTE_MS,
  summaryReport,
  usersReport,
} from '@tacho/core';
import { History } from '@tacho/store';
import { SqliteStore } from '@tacho/store-sqlite';
import { type BytesPerEndpoint, bytesPerEndpoint } from './bytes-per-endpoint.ts';
import { flushTimes } from './flush-times.ts';
import { TrafficGenerator } from './generator.ts';
import { percentile, table } from './table.ts';

/**
 * Thirty days of a service through the real store: what a minute of an endpoint takes up on the disk, and how long
 * the answers take. Run by `npm run bench:store -- [--days 30] [--endpoints 500] [--json]`.
 */
const { values } = parseArgs({
  options: {
    days: { type: 'string', default: '30' },
    endpoints: { type: 'string', default: '500' },
    questions: { type: 'string', default: '200' },
    'by-minute': { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const days = Number(values.days);
const endpoints = Number(values.endpoints);
const questions = Number(values.questions);

/** How long windows are before the time that is measured minute by minute: that changes no hour and no day. */
const EARLIER_LENGTH_MS = 5 * MINUTE_MS;
const byMinuteMs = Number(values['by-minute']) * DAY_MS;

const END_MS = Date.UTC(2026, 0, 31, 15, 20);
const ENCRYPTION_KEY = new Uint8Array(32).fill(7);

interface Figures {
  readonly encryption: string;
  readonly mebibytes: number;
  readonly bytesPerEndpoint: BytesPerEndpoint;
  readonly answers: Record<string, { p50: number; p99: number; max: number }>;
}

async function measure(encryptionKeys: Uint8Array[]): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'tacho-bench-'));
  const path = join(folder, 'tacho.db');
  let nowMs = END_MS - days * DAY_MS;
  const store = new SqliteStore({
    path,
    encryptionKeys,
    limits: DEFAULT_LIMITS,
    retentionMs: { minute: 31 * DAY_MS, hour: 31 * DAY_MS, day: 31 * DAY_MS },
    maxBytes: 64 * 2 ** 30,
    writer: 'bench',
    clock: { now: () => nowMs },
    onNotice: (notice) => console.error(notice),
  });
  store.hold();
  try {
    const traffic = new TrafficGenerator(endpoints);
    const startedAt = performance.now();
    for (let sequence = 0; nowMs < END_MS; sequence++) {
      const lengthMs = nowMs < END_MS - byMinuteMs ? EARLIER_LENGTH_MS : MINUTE_MS;
      const payload = encodeWindow(traffic.window(nowMs, lengthMs));
      const row = { minuteMs: nowMs, spanMs: MINUTE_MS, writer: 'bench', sequence, payload };
      await store.windows.append([row]);
      nowMs += lengthMs;
      await store.windows.maintain();
      if (nowMs % DAY_MS < lengthMs) progress(new Date(nowMs).toISOString().slice(0, 10), startedAt);
    }
    for (let pass = 0; pass < 20; pass++) await store.windows.maintain();
    const bytes = statSync(path).size;
    const figures: Figures = {
      encryption: encryptionKeys.length === 0 ? 'off' : 'on',
      mebibytes: bytes / 2 ** 20,
      bytesPerEndpoint: bytesPerEndpoint(path, endpoints, END_MS - byMinuteMs),
      answers: await answerTimes(new History({ store: store.windows, limits: DEFAULT_LIMITS }), nowMs),
    };
    console.error(`encryption ${figures.encryption}: ${JSON.stringify(figures)}`);
    return figures;
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function answerTimes(history: History, nowMs: number): Promise<Figures['answers']> {
  const open = Number.POSITIVE_INFINITY;
  const summary = async (spanMs: number): Promise<void> => {
    summaryReport(await history.window(nowMs - spanMs, open, { users: false }), { nowMs });
  };
  const list = async (spanMs: number): Promise<void> => {
    endpointsReport((await history.window(nowMs - spanMs, open, { users: false })).window);
  };
  const users = async (spanMs: number): Promise<void> => {
    usersReport(await history.window(nowMs - spanMs, open), { nowMs, limit: 100 });
  };
  const spanMs = days * DAY_MS;
  return {
    [`summary, ${days} days`]: await timed(() => summary(spanMs)),
    [`endpoint list, ${days} days`]: await timed(() => list(spanMs)),
    [`endpoint list, ${days} days, another range each time`]: await timed((n) => list(spanMs - n * HOUR_MS)),
    'summary, 24 hours': await timed(() => summary(DAY_MS)),
    [`users, ${days} days`]: await timed(() => users(spanMs)),
    'users, 1 hour': await timed(() => users(HOUR_MS)),
    'summary, 1 hour': await timed(() => summary(HOUR_MS)),
    'endpoint list, 1 hour': await timed(() => list(HOUR_MS)),
    'trend of an endpoint, by the hour': await timed(async () => {
      await history.series({
        fromMs: nowMs - spanMs,
        toMs: open,
        stepMs: HOUR_MS,
        endpoint: 'GET /api/v1/users/{id}/sessions/0',
      });
    }, 10),
    'trend of all endpoints, by the hour': await timed(async () => {
      await history.series({ fromMs: nowMs - spanMs, toMs: open, stepMs: HOUR_MS });
    }, 10),
  };
}

async function timed(
  ask: (n: number) => Promise<void>,
  times = questions,
): Promise<{ p50: number; p99: number; max: number }> {
  const ms: number[] = [];
  for (let n = 0; n < times; n++) {
    const startedAt = performance.now();
    await ask(n);
    ms.push(performance.now() - startedAt);
  }
  return { p50: percentile(ms, 0.5), p99: percentile(ms, 0.99), max: Math.max(...ms) };
}

/** With what hours and days add to each minute. */
function allLevels({ bytesPerEndpoint: { minute, hour, day } }: Figures): number {
  return minute + hour / 60 + day / 1440;
}

function progress(what: string, startedAt: number): void {
  if (process.stderr.isTTY)
    process.stderr.write(`\r${what}, ${Math.round((performance.now() - startedAt) / 1000)} s `);
}

const results = [await measure([]), await measure([ENCRYPTION_KEY])];
const flush = flushTimes(1000);
if (values.json) console.log(JSON.stringify({ days, endpoints, results, flush }, null, 2));
else {
  console.log(`${days} days, ${endpoints} endpoints, Node ${process.version}\n`);
  console.log(
    table(
      ['', ...results.map(({ encryption }) => `encryption ${encryption}`)],
      [
        ['file, MiB', ...results.map(({ mebibytes }) => mebibytes.toFixed(1))],
        ...(['minute', 'hour', 'day'] as const).map((level) => [
          `bytes per endpoint and ${level}`,
          ...results.map((one) => one.bytesPerEndpoint[level].toFixed(1)),
        ]),
        ['bytes per endpoint-minute, all levels', ...results.map((one) => allLevels(one).toFixed(1))],
        ...Object.keys(results[0]!.answers).map((what) => [
          `${what}: p50 · p99 · max, ms`,
          ...results.map(({ answers }) => {
            const { p50, p99, max } = answers[what]!;
            return `${p50.toFixed(1)} · ${p99.toFixed(1)} · ${max.toFixed(1)}`;
          }),
        ]),
      ],
    ),
  );
  console.log(`\nA flush of 1,000 endpoints on the main thread, ms: ${JSON.stringify(flush)}`);
}
