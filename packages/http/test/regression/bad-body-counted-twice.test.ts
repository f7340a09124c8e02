import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { bare, RawClient } from '../raw-client.ts';
import { type Serving, serve } from '../serving.ts';
import { Watch } from '../watching.ts';

/** A request whose body Node's parser refuses was dispatched: it stood as aborted and as rejected. */

let watch: Watch;
let serving: Serving;

beforeEach(async () => {
  watch = Watch.install();
  serving = await serve((request) => request.on('error', () => {}).resume(), {
    requestTimeout: 250,
    headersTimeout: 250,
    connectionsCheckingInterval: 50,
  });
});
afterEach(async () => {
  watch.hooks.uninstall();
  await serving.close();
});

it.each([
  ['a chunk without a size', 400, `${bare('POST /upload', 'Transfer-Encoding: chunked')}zz\r\n`],
  ['a body that does not arrive', 408, `${bare('POST /upload', 'Content-Length: 10')}part`],
  [
    'endless chunk extensions',
    413,
    `${bare('POST /upload', 'Transfer-Encoding: chunked')}2;${'x'.repeat(20_000)}\r\n`,
  ],
])('%s is an aborted request and no rejection', async (_what, status, text) => {
  const client = new RawClient(serving.port, text);
  await client.until(new RegExp(`^HTTP/1.1 ${status} `));
  await client.closed;
  expect(await watch.linesOf(1)).toEqual(['POST /{name} 200 aborted']);
  expect(watch.notMeasured).toEqual({});
});
