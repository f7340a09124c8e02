import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { bare, RawClient } from '../raw-client.ts';
import { type Serving, serve } from '../serving.ts';
import { Watch } from '../watching.ts';

/** What Node refuses at a server of our own was counted among the application's rejections. */

let watch: Watch;
let serving: Serving;

beforeEach(async () => {
  watch = Watch.install();
  serving = await serve((_request, response) => response.end());
  watch.hooks.hide(serving.server);
});
afterEach(async () => {
  watch.hooks.uninstall();
  await serving.close();
});

it.each(['GET / HTTP/1.1\r\n\r\n', bare('GET /', 'Expect: a-miracle'), 'no HTTP\r\n\r\n'])(
  'a server of our own has no rejections: %j',
  async (text) => {
    const client = new RawClient(serving.port, text);
    await client.until(/^HTTP\/1.1 4/);
    await client.leave();
    expect(watch.notMeasured).toEqual({});
  },
);
