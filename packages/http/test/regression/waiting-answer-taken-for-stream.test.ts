import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { bare, RawClient } from '../raw-client.ts';
import { serve } from '../serving.ts';
import { Watch } from '../watching.ts';

/**
 * A short body in chunks was a stream, and missing from every percentile, when it was over a second under
 * way: behind a slow answer in a pipeline, or to a client that reads slowly. It is for the application to
 * stream, so what counts is how long it writes.
 */

it('a short body in chunks is completed behind a slow answer in a pipeline', async () => {
  const watch = Watch.install();
  const serving = await serve(async (request, response) => {
    if (request.url === '/slow') await pause(1_100);
    else response.write('a part');
    response.end('the rest');
  });
  const client = new RawClient(serving.port, bare('GET /slow') + bare('GET /chunks'));
  expect(await watch.linesOf(2)).toEqual(['GET /slow 200 completed', 'GET /chunks 200 completed']);
  await client.leave();
  watch.hooks.uninstall();
  await serving.close();
});
