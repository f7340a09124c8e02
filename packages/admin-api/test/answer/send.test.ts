import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Context } from 'koa';
import { jsonArray } from '../../src/answer/json-text.ts';
import { type Report, send } from '../../src/answer/send.ts';
import { type Answer, type App, appOf } from './koa-app.ts';

const SHORT = { figures: [1, 2, 3] };
const MIDDLING = Array.from({ length: 2000 }, (_, n) => ({ n }));
const LONG = Array.from({ length: 50_000 }, (_, n) => ({ n }));

let app: App | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

async function answering(report: () => Report): Promise<App> {
  app = await appOf((ctx: Context) => {
    ctx.set('Cache-Control', 'no-store');
    return send(ctx, report());
  });
  return app;
}

function jsonOf({ headers, body }: Answer): unknown {
  return JSON.parse((headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString());
}

describe('a short answer', () => {
  it('has its length and an entity tag', async () => {
    const { status, headers, body } = await (await answering(() => SHORT)).ask();
    expect(status).toBe(200);
    expect(body.toString()).toBe(JSON.stringify(SHORT));
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(body.byteLength),
      'cache-control': 'no-store',
      vary: 'Accept-Encoding',
      etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    });
  });

  it('is the same whether its text comes at once or in pieces', async () => {
    const whole = await (await answering(() => MIDDLING)).ask();
    await app?.close();
    const inPieces = await (await answering(() => jsonArray(MIDDLING.values()))).ask();
    expect(inPieces.body.equals(whole.body)).toBe(true);
    expect(inPieces.headers.etag).toBe(whole.headers.etag);
  });

  it.each([
    ['its own tag', (tag: string) => tag, 304],
    ['its tag as a weak one', (tag: string) => `W/${tag}`, 304],
    ['its tag among others', (tag: string) => `"a,b", ${tag},W/"c"`, 304],
    ['anything', () => '*', 304],
    ['another tag', () => '"another"', 200],
    ['its tag without quotes', (tag: string) => tag.slice(1, -1), 200],
    ['the tag of another encoding', (tag: string) => `${tag.slice(0, -1)}-gzip"`, 200],
    ['no tag at all', () => '', 200],
  ])('is left out where the reader has %s: %#', async (_, listed, status) => {
    const { ask } = await answering(() => MIDDLING);
    const first = await ask();
    const known = await ask({
      'If-None-Match': listed(first.headers.etag ?? ''),
      'Cache-Control': 'no-cache',
    });
    expect(known.status).toBe(status);
    expect(known.body.byteLength > 0).toBe(status === 200);
    expect(known.headers).toMatchObject({
      etag: first.headers.etag,
      vary: 'Accept-Encoding',
      'cache-control': 'no-store',
    });
  });
});

describe('the encoding of an answer', () => {
  it.each([
    [undefined, false],
    ['gzip', true],
    ['gzip, deflate, br', true],
    ['GZIP', true],
    ['br', false],
    ['*', true],
    ['*;q=0', false],
    ['gzip;q=0', false],
    ['gzip;q=0.0, *', false],
    ['gzip;q=0.5, identity;q=0.9', false],
    ['identity;q=0.5, gzip;q=0.9', true],
    ['identity;q=0, gzip;q=0.1', true],
    ['identity;q=0', false],
    ['', false],
  ])('where %s is accepted', async (accepted, isGzipped) => {
    const { ask } = await answering(() => MIDDLING);
    const answer = await ask(accepted === undefined ? {} : { 'Accept-Encoding': accepted });
    expect(answer.headers['content-encoding']).toBe(isGzipped ? 'gzip' : undefined);
    expect(answer.headers.vary).toBe('Accept-Encoding');
    expect(answer.headers['content-length']).toBe(String(answer.body.byteLength));
    expect(answer.headers.etag?.endsWith('-gzip"')).toBe(isGzipped);
    expect(jsonOf(answer)).toEqual(MIDDLING);
  });

  it('is none where there is nothing to gain, unless none is refused', async () => {
    const { ask } = await answering(() => SHORT);
    expect((await ask({ 'Accept-Encoding': 'gzip' })).headers['content-encoding']).toBeUndefined();
    const answer = await ask({ 'Accept-Encoding': 'gzip, identity;q=0' });
    expect(answer.headers['content-encoding']).toBe('gzip');
    expect(jsonOf(answer)).toEqual(SHORT);
  });

  it('has a tag of its own, by which it is known', async () => {
    const { ask } = await answering(() => MIDDLING);
    const accepted = { 'Accept-Encoding': 'gzip' };
    const { headers } = await ask(accepted);
    const known = await ask({ ...accepted, 'If-None-Match': headers.etag ?? '' });
    expect(known.status).toBe(304);
    expect(known.headers['content-encoding']).toBeUndefined();
    expect((await ask({ 'If-None-Match': headers.etag ?? '' })).status).toBe(200);
  });
});

describe('a long answer', () => {
  it.each([{}, { 'Accept-Encoding': 'gzip' }])('is sent while it is made: %j', async (headers) => {
    const answer = await (await answering(() => jsonArray(LONG.values()))).ask(headers);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'transfer-encoding': 'chunked',
      vary: 'Accept-Encoding',
    });
    expect(answer.headers.etag).toBeUndefined();
    expect(answer.headers['content-length']).toBeUndefined();
    expect(jsonOf(answer)).toEqual(LONG);
  });

  it('is not made beyond what is needed for a HEAD', async () => {
    let made = 0;
    const { ask } = await answering(() =>
      jsonArray(
        (function* () {
          for (; made < 1e9; made++) yield { made };
        })(),
      ),
    );
    const { status, headers, body } = await ask({ 'Accept-Encoding': 'gzip' }, 'HEAD');
    expect([status, body.byteLength, headers['content-encoding']]).toEqual([200, 0, 'gzip']);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    const wasMade = made;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(made).toBe(wasMade);
  });
});

describe('HEAD', () => {
  it.each([{}, { 'Accept-Encoding': 'gzip' }])('has the headers of GET and no body: %j', async (asked) => {
    const { ask } = await answering(() => MIDDLING);
    const [get, head] = [await ask(asked), await ask(asked, 'HEAD')];
    const { date: _, ...headers } = get.headers;
    expect(head.status).toBe(200);
    expect(head.headers).toMatchObject(headers);
    expect(head.body.byteLength).toBe(0);
  });
});
