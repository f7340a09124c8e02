import http from 'node:http';
import { expect, it } from '@jest/globals';
import { bare, RawClient } from '../raw-client.ts';
import { serve } from '../serving.ts';
import { Watch } from '../watching.ts';

/** A wrapper that had to stay in the chain came back to life with the next install, beside the new one. */

it('a retired wrapper stays retired', async () => {
  const watch = Watch.install({ ignoredPaths: ['/probe'] });
  const ours = http.Server.prototype.emit;
  Object.assign(http.Server.prototype, {
    emit(this: http.Server, ...args: unknown[]): unknown {
      return Reflect.apply(ours, this, args);
    },
  });
  watch.hooks.uninstall();
  watch.hooks.install();
  const serving = await serve((_request, response) => response.end('ok'));
  const client = new RawClient(serving.port, `${bare('GET /') + bare('GET /probe')}no HTTP\r\n\r\n`);
  await client.closed;
  expect(await watch.linesOf(1)).toHaveLength(1);
  expect(watch.notMeasured).toEqual({ 'excluded /probe': 1, 'rejected 400': 1 });
  watch.hooks.uninstall();
  Reflect.deleteProperty(http.Server.prototype, 'emit');
  await serving.close();
});
