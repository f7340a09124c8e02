import { afterEach, expect, it } from '@jest/globals';
import { requestPath } from '../../src/request-path.ts';
import { bare, RawClient } from '../raw-client.ts';
import { type Serving, serve } from '../serving.ts';
import { Watch } from '../watching.ts';

/** The slash that ends an authority was looked for in the query too, so part of a query became the path. */

let serving: Serving | undefined;
afterEach(() => serving?.close());

it.each([
  ['http://host?next=/secret', '/'],
  ['http://host#/secret', '/'],
  ['x?to=http://host/secret', 'x'],
])('the path of %s is %s', (target, path) => {
  expect(requestPath(target)).toBe(path);
});

it('nothing of it becomes a route', async () => {
  const watch = Watch.install();
  serving = await serve((_request, response) => response.end());
  const client = new RawClient(serving.port, bare('GET http://host?next=/secret', 'Connection: close'));
  await client.closed;
  expect(await watch.linesOf(1)).toEqual(['GET / 200 completed']);
  watch.hooks.uninstall();
});
