import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { bare, RawClient } from './raw-client.ts';
import { type Serving, serve } from './serving.ts';
import { Watch } from './watching.ts';

let watch: Watch;
let serving: Serving | undefined;

beforeEach(() => {
  watch = Watch.install();
});
afterEach(async () => {
  watch.hooks.uninstall();
  await serving?.close();
  serving = undefined;
});

/** Serves with a listener, and settles `reached` when the listener was called `times`. */
async function serveUntil(
  listener: (request: IncomingMessage, response: ServerResponse) => void,
  times = 1,
): Promise<{ port: number; reached: Promise<void> }> {
  let settle: () => void = () => {};
  const reached = new Promise<void>((resolve) => {
    settle = resolve;
  });
  let calls = 0;
  serving = await serve((request, response) => {
    listener(request, response);
    if (++calls === times) settle();
  });
  return { port: serving.port, reached };
}

describe('a request is aborted', () => {
  it.each(['leave', 'reset'] as const)('when its client is gone before the answer: %s', async (how) => {
    const { port, reached } = await serveUntil(() => {});
    const client = new RawClient(port, bare('GET /slow'));
    await reached;
    await client[how]();
    expect(await watch.linesOf(1)).toEqual(['GET /{name} 200 aborted']);
  });

  it('when its client is gone in the middle of the answer', async () => {
    const { port } = await serveUntil((_request, response) => {
      response.writeHead(200, { 'content-length': 10 });
      response.write('half');
    });
    const client = new RawClient(port, bare('GET /half'));
    await client.until(/half/);
    await client.leave();
    expect(await watch.linesOf(1)).toEqual(['GET /half 200 aborted']);
  });

  it('when its client is gone in the middle of chunks', async () => {
    const { port } = await serveUntil((_request, response) => response.write('half'));
    const client = new RawClient(port, bare('GET /half'));
    await client.until(/half/);
    await client.leave();
    expect(await watch.linesOf(1)).toEqual(['GET /half 200 aborted']);
  });

  it.each(['leave', 'reset'] as const)(
    'when its client is gone in the middle of its body: %s',
    async (how) => {
      const { port, reached } = await serveUntil((request) => request.resume());
      const client = new RawClient(port, `${bare('POST /upload', 'Content-Length: 1000')}part`);
      await reached;
      await client[how]();
      expect(await watch.linesOf(1)).toEqual(['POST /{name} 200 aborted']);
    },
  );

  it('when the answer comes after its client is gone', async () => {
    let answer: () => void = () => {};
    const { port, reached } = await serveUntil((_request, response) => {
      answer = () => {
        response.statusCode = 201;
        response.end('too late');
      };
    });
    const client = new RawClient(port, bare('GET /late'));
    await reached;
    await client.leave();
    await watch.linesOf(1);
    answer();
    expect(await watch.linesOf(1)).toEqual(['GET /{name} 200 aborted']);
  });

  it('when its client stops reading a large answer and leaves', async () => {
    const { port, reached } = await serveUntil((_request, response) =>
      response.end(Buffer.alloc(20_000_000)),
    );
    const client = new RawClient(port, bare('GET /large'));
    client.socket.pause();
    await reached;
    await client.reset();
    expect(await watch.linesOf(1)).toEqual(['GET /large 200 aborted']);
  });

  it('when the server hangs up', async () => {
    const { port } = await serveUntil((request) => request.socket.destroy());
    const client = new RawClient(port, bare('GET /hang-up'));
    await client.closed;
    expect(await watch.linesOf(1)).toEqual(['GET /{name} 200 aborted']);
  });

  it('when its response is destroyed', async () => {
    const { port } = await serveUntil((_request, response) => response.destroy());
    const client = new RawClient(port, bare('GET /destroyed'));
    await client.closed;
    expect(await watch.linesOf(1)).toEqual(['GET /{name} 200 aborted']);
  });

  it('though it would have been an error', async () => {
    const { port } = await serveUntil((_request, response) => {
      response.writeHead(500, { 'content-length': 10 });
      response.write('half');
    });
    const client = new RawClient(port, bare('GET /half'));
    await client.until(/half/);
    await client.leave();
    expect(await watch.linesOf(1)).toEqual(['GET /half 500 aborted']);
  });
});

describe('of a pipeline whose client leaves', () => {
  const pipeline = bare('GET /first') + bare('PUT /second') + bare('DELETE /third');

  it('all that wait for the first are aborted with it', async () => {
    const { port, reached } = await serveUntil(() => {}, 3);
    const client = new RawClient(port, pipeline);
    await reached;
    await client.leave();
    expect((await watch.linesOf(3)).sort()).toEqual([
      'DELETE /{name} 200 aborted',
      'GET /{name} 200 aborted',
      'PUT /{name} 200 aborted',
    ]);
  });

  it('those answered into the queue are aborted too, for no byte of them left', async () => {
    const { port, reached } = await serveUntil((request, response) => {
      if (request.url !== '/first') response.end(request.url);
    }, 3);
    const client = new RawClient(port, pipeline);
    await reached;
    await client.leave();
    expect((await watch.linesOf(3)).sort()).toEqual([
      'DELETE /third 200 aborted',
      'GET /{name} 200 aborted',
      'PUT /second 200 aborted',
    ]);
  });

  it('those answered before are completed', async () => {
    const { port, reached } = await serveUntil((request, response) => {
      if (request.url === '/first') response.end('first');
    }, 3);
    const client = new RawClient(port, pipeline);
    await reached;
    await client.until(/first/);
    await client.leave();
    expect((await watch.linesOf(3)).sort()).toEqual([
      'DELETE /{name} 200 aborted',
      'GET /first 200 completed',
      'PUT /{name} 200 aborted',
    ]);
  });
});
