import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { bare, RawClient } from '../raw-client.ts';
import { type Serving, serve } from '../serving.ts';
import { Watch } from '../watching.ts';

let watch: Watch;
let serving: Serving;

beforeEach(() => {
  watch = Watch.install();
});
afterEach(async () => {
  watch.hooks.uninstall();
  await serving.close();
});

/** Node before 24 never emits `close` on a response that was queued when its connection died; here nobody hears it. */
it('a pipelined request whose response says nothing at the end of its connection is aborted, once', async () => {
  let reached: () => void = () => {};
  const all = new Promise<void>((resolve) => {
    reached = resolve;
  });
  serving = await serve((request, response) => {
    if (request.url !== '/first') response.removeAllListeners('close');
    if (request.url === '/third') reached();
  });
  const client = new RawClient(
    serving.port,
    `${bare('GET /first')}${bare('PUT /second')}${bare('DELETE /third')}`,
  );
  await all;
  await client.leave();
  expect((await watch.linesOf(3)).toSorted()).toEqual([
    'DELETE /{name} 200 aborted',
    'GET /{name} 200 aborted',
    'PUT /{name} 200 aborted',
  ]);
});
