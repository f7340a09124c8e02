import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { bare, RawClient } from './raw-client.ts';
import { type Serving, serve } from './serving.ts';
import { Watch } from './watching.ts';

const UPLOAD = bare('POST /upload', 'Expect: 100-continue', 'Content-Length: 2', 'Connection: close');

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

it('is counted once where Node continues by itself', async () => {
  const client = new RawClient(serving.port, UPLOAD);
  await client.until(/100 Continue/);
  client.send('hi');
  await client.until(/200 OK/);
  expect(await watch.linesOf(1)).toEqual(['POST /upload 200 completed']);
  expect(watch.notMeasured).toEqual({});
});

it('is counted once where a listener checks and passes it on', async () => {
  serving.server.on('checkContinue', (request, response) => {
    response.writeContinue();
    serving.server.emit('request', request, response);
  });
  const client = new RawClient(serving.port, UPLOAD);
  await client.until(/100 Continue/);
  client.send('hi');
  await client.until(/200 OK/);
  expect(await watch.linesOf(1)).toEqual(['POST /upload 200 completed']);
  expect(watch.notMeasured).toEqual({});
});

it('is counted once where a listener refuses it', async () => {
  serving.server.on('checkContinue', (_request, response) => {
    response.statusCode = 413;
    response.end();
  });
  const client = new RawClient(serving.port, UPLOAD);
  await client.until(/413/);
  await client.leave();
  expect(await watch.linesOf(1)).toEqual(['POST /{name} 413 completed']);
  expect(watch.notMeasured).toEqual({});
});

it('is aborted where the client leaves instead of continuing', async () => {
  const client = new RawClient(serving.port, UPLOAD);
  await client.until(/100 Continue/);
  await client.leave();
  expect(await watch.linesOf(1)).toEqual(['POST /{name} 200 aborted']);
});
