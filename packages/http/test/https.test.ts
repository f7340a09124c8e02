import { once } from 'node:events';
import https from 'node:https';
import { connect } from 'node:tls';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { bare, RawClient } from './raw-client.ts';
import { SELF_SIGNED } from './self-signed.ts';
import { listen, type Serving } from './serving.ts';
import { Watch } from './watching.ts';

let watch: Watch;
let serving: Serving<https.Server>;

beforeEach(async () => {
  watch = Watch.install({ ignoredPaths: ['/probe'] });
  serving = await listen(https.createServer(SELF_SIGNED, (request, response) => response.end(request.url)));
});
afterEach(async () => {
  watch.hooks.uninstall();
  await serving.close();
});

/** Sends text over TLS, and settles when the server has closed the connection. */
async function send(text: string): Promise<void> {
  const socket = connect({ port: serving.port, host: '127.0.0.1', ca: SELF_SIGNED.cert });
  socket.on('error', () => {}).resume();
  await once(socket, 'secureConnect');
  socket.write(text);
  await once(socket, 'close');
}

it('is measured like plain HTTP', async () => {
  const last = bare('DELETE /users/18', 'Connection: close');
  await send(bare('GET /users/17?token=secret') + bare('GET /probe') + last);
  expect(await watch.linesOf(2)).toEqual([
    'GET /users/{id} 200 completed',
    'DELETE /users/{id} 200 completed',
  ]);
  expect(watch.notMeasured).toEqual({ 'excluded /probe': 1 });
});

it('is measured on servers that were listening before', async () => {
  watch.hooks.uninstall();
  watch = Watch.install();
  await send(bare('GET /', 'Connection: close'));
  expect(await watch.linesOf(1)).toEqual(['GET / 200 completed']);
});

it('has its refusals counted once', async () => {
  await send('no HTTP\r\n\r\n');
  await send('GET / HTTP/1.1\r\n\r\n');
  expect(watch.notMeasured).toEqual({ 'rejected 400': 2 });
});

it('has no request where no secure connection comes about', async () => {
  const client = new RawClient(serving.port, bare('GET /'));
  await client.closed;
  expect(await watch.linesOf(0)).toEqual([]);
  expect(watch.notMeasured).toEqual({});
});
