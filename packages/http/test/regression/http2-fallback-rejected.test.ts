import { createSecureServer } from 'node:http2';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { SELF_SIGNED } from '../self-signed.ts';
import { Watch } from '../watching.ts';

/**
 * Node announces a request of HTTP/1 at an HTTP/2 server too, but emits it where the hooks do not hear it,
 * so each of them stood as `rejected 200`.
 */

const server = createSecureServer({ ...SELF_SIGNED, allowHTTP1: true }, (request, response) => {
  response.statusCode = Number(request.url.slice(1));
  response.end('ok');
});

let watch: Watch;
beforeEach(() => {
  watch = Watch.install();
});
afterEach(async () => {
  watch.hooks.uninstall();
  await new Promise((settle) => server.close(settle));
});

it('a request that is heard by nobody is not taken for a rejected one', async () => {
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  const { port } = server.address() as AddressInfo;
  for (const path of ['/200', '/404', '/500']) {
    await new Promise((settle, fail) => {
      const options = { port, path, host: '127.0.0.1', ca: SELF_SIGNED.cert, agent: false };
      https.get(options, (response) => response.resume().on('close', settle)).on('error', fail);
    });
  }
  expect(watch.notMeasured).toEqual({});
});
