import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RangeParameters } from '@tacho/api-contract';
import type { SummaryReport } from '@tacho/core';
import { HttpProblem } from '../../src/http-problem.ts';
import { LiveStreams } from '../../src/live/live-streams.ts';
import { problemDetails } from '../../src/problem-details.ts';
import { type App, appOf } from '../answer/koa-app.ts';

const HOUR_MS = 3_600_000;

let nowMs = 1_000_000;
const ticks = new Set<() => void | Promise<void>>();
const clock = {
  now: () => nowMs,
  every: (_: number, tick: () => void | Promise<void>) => {
    ticks.add(tick);
    return () => void ticks.delete(tick);
  },
};
/** Stands for a report: the streams look into none. */
let summaryOf: (range: RangeParameters) => Promise<object>;
let made = 0;
let live: LiveStreams;
let app: App;

beforeEach(async () => {
  made = 0;
  summaryOf = async ({ hours }) => ({ hours, made: ++made });
  live = new LiveStreams({
    clock,
    summaryOf: (range) => summaryOf(range) as Promise<SummaryReport>,
    problemOf: (thrown) => problemDetails(thrown as HttpProblem, 'request-1'),
  });
  app = await appOf((ctx) => {
    try {
      live.answer(ctx, { hours: Number(ctx.querystring) });
    } catch (thrown) {
      ctx.status = (thrown as HttpProblem).status;
      ctx.body = (thrown as HttpProblem).code;
    }
  });
});
afterEach(() => app.close());

async function second(passedMs = 1000): Promise<void> {
  nowMs += passedMs;
  for (const tick of ticks) void tick();
  await setImmediate();
}

interface Listening {
  readonly response: IncomingMessage;
  /** What has come. */
  text(): string;
  leave(): void;
}

async function listens(hours = 24, headers = {}): Promise<Listening> {
  const asked = request({ port: app.port, host: '127.0.0.1', path: `/?${hours}`, headers, agent: false });
  asked.on('error', () => {});
  asked.end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  let text = '';
  response.on('data', (chunk) => {
    text += chunk;
  });
  response.on('error', () => {});
  return { response, text: () => text, leave: () => asked.destroy() };
}

async function until(isTrue: () => boolean): Promise<void> {
  for (const endMs = performance.now() + 5000; performance.now() < endMs && !isTrue(); ) await setTimeout(2);
  expect(isTrue()).toBe(true);
}

function dataIn(text: string): unknown[] {
  return [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? ''));
}

describe('a live stream', () => {
  it('tells the summary at once, and then each second', async () => {
    const { text } = await listens();
    await until(() => text().includes('"made":1'));
    const startMs = nowMs;
    for (let seconds = 0; seconds < 3; seconds++) await second();
    await until(() => text().includes('"made":4'));
    expect(text()).toBe(
      'retry: 2000\n\n' +
        [0, 1, 2, 3]
          .map((s) => `event: summary\nid: ${startMs + s * 1000}\ndata: {"hours":24,"made":${s + 1}}\n\n`)
          .join(''),
    );
  });

  it('is one of events, which nothing on the way holds back', async () => {
    const { response, text } = await listens(24, { 'Accept-Encoding': 'gzip' });
    expect(response.statusCode).toBe(200);
    expect(response.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    expect(response.headers['content-encoding']).toBeUndefined();
    await until(() => text().includes('data: {'));
  });

  it('has the headers alone for a HEAD, and makes nothing for it', async () => {
    const { status, headers, body } = await app.ask({}, 'HEAD');
    expect([status, body.byteLength, headers['content-type']]).toEqual([200, 0, 'text/event-stream']);
    expect([made, ticks.size]).toEqual([0, 0]);
  });

  it('shares what it costs with those of its range', async () => {
    const [a, b, other] = [await listens(1), await listens(1), await listens(2)];
    await until(() => [a, b, other].every(({ text }) => dataIn(text()).length === 1));
    await second();
    await until(() => [a, b, other].every(({ text }) => dataIn(text()).length === 2));
    expect(made).toBe(4);
    expect(dataIn(a.text())).toEqual(dataIn(b.text()));
    expect(dataIn(other.text())).toMatchObject([{ hours: 2 }, { hours: 2 }]);
  });

  it('costs nothing where nobody listens', async () => {
    const [a, b] = [await listens(), await listens()];
    a.leave();
    await setTimeout(20);
    expect(ticks.size).toBe(1);
    b.leave();
    await until(() => ticks.size === 0);
    const before = made;
    await second();
    expect(made).toBe(before);
    // Whoever comes next is told no old news.
    const next = await listens();
    await until(() => dataIn(next.text()).length > 0);
    expect(dataIn(next.text())).toEqual([{ hours: 24, made: before + 1 }]);
  });

  it('leaves out a second where the last is not made yet', async () => {
    const { promise, resolve } = Promise.withResolvers<object>();
    summaryOf = () => {
      made++;
      return promise;
    };
    const { text } = await listens();
    for (let seconds = 0; seconds < 5; seconds++) await second();
    expect(made).toBe(1);
    resolve({ late: true });
    await until(() => dataIn(text()).length === 1);
    await second();
    expect(made).toBe(2);
  });

  it('says what is wrong, and goes on', async () => {
    const summary = summaryOf;
    summaryOf = async () => {
      throw new HttpProblem({ status: 503, code: 'store_unavailable', detail: 'Not now.' });
    };
    const { text } = await listens();
    await until(() => text().includes('data: {'));
    expect(text()).toContain('event: problem\n');
    expect(dataIn(text())).toMatchObject([
      { status: 503, code: 'store_unavailable', request_id: 'request-1' },
    ]);
    summaryOf = summary;
    await second();
    await until(() => text().includes('event: summary'));
  });

  it('ends after an hour, and is one of sixteen at most', async () => {
    const first = await listens();
    nowMs += HOUR_MS / 2;
    for (let others = 1; others < 16; others++) await listens(others);
    expect(await app.ask()).toMatchObject({ status: 503, body: Buffer.from('busy') });
    const ended = once(first.response, 'end');
    await second(HOUR_MS / 2);
    await ended;
    await until(() => ticks.size === 15);
    const { response } = await listens();
    expect(response.statusCode).toBe(200);
  });

  it('ends when all is closed, and no other begins', async () => {
    const all = [await listens(1), await listens(2)];
    const ended = all.map(({ response }) => once(response, 'end'));
    live.close();
    await Promise.all(ended);
    await until(() => ticks.size === 0);
    expect((await app.ask()).status).toBe(503);
  });

  it('is cut off where nobody reads it', async () => {
    const filler = 'x'.repeat(200 * 1024);
    summaryOf = async () => ({ filler, made: ++made });
    const { response } = await listens();
    response.pause();
    for (let seconds = 0; seconds < 300 && ticks.size > 0; seconds++) {
      await second();
      await setTimeout(1);
    }
    expect(ticks.size).toBe(0);
    const closed = new Promise((resolve) => response.once('close', resolve));
    response.resume();
    await closed;
    expect(response.complete).toBe(false);
  });

  it('goes on for one who reads as much', async () => {
    const filler = 'x'.repeat(100 * 1024);
    summaryOf = async () => ({ filler, made: ++made });
    const { text } = await listens();
    for (let seconds = 1; seconds <= 60; seconds++) {
      await second();
      await until(() => text().includes(`"made":${seconds}`));
    }
    expect(ticks.size).toBe(1);
  });

  it('that ended is cut off where nobody reads its rest', async () => {
    const filler = 'x'.repeat(200 * 1024);
    summaryOf = async () => ({ filler, made: ++made });
    const { response } = await listens();
    response.pause();
    live.close();
    await second();
    await until(() => ticks.size === 0);
    const closed = new Promise((resolve) => response.once('close', resolve));
    response.resume();
    await closed;
  });
});
