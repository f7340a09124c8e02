import { afterEach, describe, expect, it } from '@jest/globals';
import { type Serving, serve } from './serving.ts';
import { Watch } from './watching.ts';

let watch: Watch;
let serving: Serving;

afterEach(async () => {
  watch.hooks.uninstall();
  await serving.close();
});

const fail = (): never => {
  throw new Error('not the application’s business');
};

async function reply(): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${serving.port}/users/17`);
  return { status: response.status, tag: response.headers.get('etag'), text: await response.text() };
}

describe('an observer that throws', () => {
  it.each([
    ['userOf', { userOf: fail }],
    ['onEnd', { onEnd: fail }],
  ])('does not show to the application, and is counted: %s', async (_name, options) => {
    watch = Watch.install(options);
    serving = await serve((_request, response) => response.writeHead(201, { etag: '"7"' }).end('as ever'));
    for (let i = 0; i < 3; i++) expect(await reply()).toEqual({ status: 201, tag: '"7"', text: 'as ever' });
    await watch.until(() => watch.notMeasured['failed to observe'] === 3);
    expect(watch.lines).toEqual([]);
  });

  it('does not hide the requests after it', async () => {
    let calls = 0;
    watch = Watch.install({ userOf: () => (++calls === 1 ? fail() : 'p_1') });
    serving = await serve((_request, response) => response.end());
    await reply();
    await reply();
    expect(await watch.linesOf(1)).toEqual(['GET /users/{id} 200 completed']);
    expect(watch.notMeasured).toEqual({ 'failed to observe': 1 });
  });
});

describe('what an application emits by itself', () => {
  it('goes through unhurt, whatever it is', async () => {
    watch = Watch.install();
    serving = await serve((_request, response) => response.end());
    const heard: unknown[][] = [];
    serving.server.removeAllListeners('request').on('request', (...args: unknown[]) => heard.push(args));
    serving.server.emit('request');
    const [request, response] = [{}, {}];
    serving.server.emit('request', request, response);
    serving.server.emit('request', null, undefined);
    serving.server.emit('clientError', null, null);
    expect(heard).toEqual([[], [request, response], [null, undefined]]);
    expect(watch.lines).toEqual([]);
  });

  it('throws what its own listener throws', async () => {
    watch = Watch.install();
    serving = await serve(() => {});
    serving.server.on('own-event', fail);
    expect(() => serving.server.emit('own-event')).toThrow('not the application’s business');
    expect(watch.notMeasured).toEqual({});
  });
});
