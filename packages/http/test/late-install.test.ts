import http from 'node:http';
import { afterEach, expect, it } from '@jest/globals';
import { bare, RawClient } from './raw-client.ts';
import { listen, type Serving, serve } from './serving.ts';
import { Watch } from './watching.ts';

let watch: Watch;
let serving: Serving;

afterEach(async () => {
  watch.hooks.uninstall();
  await serving.close();
});

it('measures servers that were listening long before', async () => {
  serving = await serve((_request, response) => response.end('ok'));
  watch = Watch.install();
  await (await fetch(`http://127.0.0.1:${serving.port}/users/17`)).text();
  expect(await watch.linesOf(1)).toEqual(['GET /users/{id} 200 completed']);
});

it('measures the next request of a connection that was open before', async () => {
  serving = await serve((_request, response) => response.end('ok'));
  const client = new RawClient(serving.port, bare('GET /before'));
  await client.until(/ok/);
  watch = Watch.install();
  client.send(bare('GET /after', 'Connection: close'));
  await client.closed;
  expect(await watch.linesOf(1)).toEqual(['GET /after 200 completed']);
});

it('leaves a request alone that was under way, and its answer unchanged', async () => {
  let answer: () => void = () => {};
  const asked = new Promise<void>((settle) => {
    const listener: http.RequestListener = (_request, response) => {
      answer = () => {
        response.write('ans');
        response.end('wer');
      };
      settle();
    };
    serve(listener).then((started) => {
      serving = started;
      client = new RawClient(started.port, bare('GET /before', 'Connection: close'));
    });
  });
  let client: RawClient | undefined;
  await asked;
  watch = Watch.install();
  answer();
  await client?.closed;
  expect(client?.received).toMatch(/ans\r\n3\r\nwer/);
  expect(await watch.linesOf(0)).toEqual([]);
});

it('measures servers of a class of their own', async () => {
  class OwnServer extends http.Server {}
  serving = await listen(
    new OwnServer((_request: http.IncomingMessage, response: http.ServerResponse) => response.end('ok')),
  );
  watch = Watch.install();
  await (await fetch(`http://127.0.0.1:${serving.port}/`)).text();
  expect(await watch.linesOf(1)).toEqual(['GET / 200 completed']);
});

it('takes no answer for Node’s own that is to a request which was under way', async () => {
  let answer: () => void = () => {};
  const asked = new Promise<void>((settle) => {
    const listener: http.RequestListener = (_request, response) => {
      answer = () => response.writeHead(503).end();
      settle();
    };
    void serve(listener).then((started) => {
      serving = started;
      client = new RawClient(started.port, bare('GET /', 'Connection: close'));
    });
  });
  let client: RawClient | undefined;
  await asked;
  watch = Watch.install();
  answer();
  await client?.closed;
  expect(await watch.linesOf(0)).toEqual([]);
  expect(watch.notMeasured).toEqual({});
});
