import { expect, it } from '@jest/globals';
import { bare, RawClient } from '../raw-client.ts';
import { serve } from '../serving.ts';
import { Watch } from '../watching.ts';

/** A `checkContinue` listener passes the same request on as `request`; left out, it was counted for each. */

it('an upload to an ignored path is counted once as left out', async () => {
  const watch = Watch.install({ ignoredPaths: ['/probe'] });
  const serving = await serve((request, response) => request.resume().on('end', () => response.end('ok')));
  serving.server.on('checkContinue', (request, response) => {
    response.writeContinue();
    serving.server.emit('request', request, response);
  });
  const client = new RawClient(
    serving.port,
    bare('POST /probe', 'Expect: 100-continue', 'Content-Length: 2'),
  );
  await client.until(/100 Continue/);
  client.send('hi');
  await client.until(/200 OK/);
  await client.leave();
  expect(await watch.linesOf(0)).toEqual([]);
  expect(watch.notMeasured).toEqual({ 'excluded /probe': 1 });
  watch.hooks.uninstall();
  await serving.close();
});
