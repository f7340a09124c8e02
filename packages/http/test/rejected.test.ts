import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { bare, RawClient } from './raw-client.ts';
import { type Serving, serve } from './serving.ts';
import { Watch } from './watching.ts';

let watch: Watch;
let serving: Serving;

beforeEach(async () => {
  watch = Watch.install();
  serving = await serve((request, response) => request.resume().on('end', () => response.end('ok')));
});
afterEach(async () => {
  watch.hooks.uninstall();
  await serving.close();
});

describe('what Node answers by itself is counted as rejected, once and apart', () => {
  it.each([
    ['a missing Host', 400, 'GET / HTTP/1.1\r\n\r\n'],
    ['an expectation nobody meets', 417, bare('GET /', 'Expect: a-miracle')],
    ['no HTTP at all', 400, 'hello\r\n\r\n'],
    ['a control character in a header', 400, bare('GET /', 'X: \u0001')],
    ['two lengths', 400, bare('POST /', 'Content-Length: 1', 'Content-Length: 2')],
    ['a method that is none', 400, bare('FOO /')],
    ['headers of 17 KB', 431, bare('GET /', `X: ${'x'.repeat(17_000)}`)],
  ])('%s: %i', async (_what, status, text) => {
    const client = new RawClient(serving.port, text);
    await client.until(new RegExp(`^HTTP/1.1 ${status} `));
    await client.leave();
    expect(watch.notMeasured).toEqual({ [`rejected ${status}`]: 1 });
    expect(watch.lines).toEqual([]);
  });

  it('headers that do not arrive: 408', async () => {
    const limits = { headersTimeout: 60, requestTimeout: 60, connectionsCheckingInterval: 30 };
    const impatient = await serve((_request, response) => response.end(), limits);
    const client = new RawClient(impatient.port, 'GET / HTTP/1.1\r\nHost: test\r\n');
    await client.until(/^HTTP\/1.1 408 /);
    await client.leave();
    expect(watch.notMeasured).toEqual({ 'rejected 408': 1 });
    expect(watch.lines).toEqual([]);
    await impatient.close();
  });

  it('each of several in a row', async () => {
    const client = new RawClient(serving.port, bare('GET /', 'Expect: a-miracle').repeat(3) + bare('GET /'));
    await client.until(/200 OK/);
    await client.leave();
    expect(await watch.linesOf(1)).toEqual(['GET / 200 completed']);
    expect(watch.notMeasured).toEqual({ 'rejected 417': 3 });
  });

  it('a request past the limit of its connection: 503', async () => {
    serving.server.maxRequestsPerSocket = 1;
    const client = new RawClient(serving.port, bare('GET /') + bare('GET /'));
    await client.until(/HTTP\/1.1 503 /);
    await client.leave();
    expect(await watch.linesOf(1)).toEqual(['GET / 200 completed']);
    expect(watch.notMeasured).toEqual({ 'rejected 503': 1 });
  });

  it('a bad request behind a good one in the pipeline', async () => {
    const client = new RawClient(serving.port, `${bare('GET /')}no HTTP\r\n\r\n`);
    await client.closed;
    expect((await watch.linesOf(1)).map((line) => line.split(' ')[0])).toEqual(['GET']);
    expect(watch.notMeasured).toEqual({ 'rejected 400': 1 });
  });

  it('even when the application answers parser errors', async () => {
    serving.server.on('clientError', (_error, socket) => socket.end('HTTP/1.1 400 Sorry\r\n\r\n'));
    const client = new RawClient(serving.port, 'no HTTP\r\n\r\n');
    await client.until(/Sorry/);
    await client.leave();
    expect(watch.notMeasured).toEqual({ 'rejected 400': 1 });
  });
});

describe('no rejection is', () => {
  it('an expectation that the application checks', async () => {
    serving.server.on('checkExpectation', (_request, response) => {
      response.statusCode = 417;
      response.end();
    });
    const client = new RawClient(serving.port, bare('GET /', 'Expect: a-miracle'));
    await client.until(/417/);
    await client.leave();
    expect(await watch.linesOf(1)).toEqual(['GET / 417 completed']);
    expect(watch.notMeasured).toEqual({});
  });

  it.each([
    ['a connection without a request', ''],
    ['a connection that ends in the middle of headers', 'GET / HTTP/1.1\r\nHost: te'],
  ])('%s', async (_what, text) => {
    const connected = once(serving.server, 'connection');
    const client = new RawClient(serving.port, text);
    await connected;
    client.socket.end();
    await client.closed;
    expect(await watch.linesOf(0)).toEqual([]);
    expect(watch.notMeasured).toEqual({});
  });
});
