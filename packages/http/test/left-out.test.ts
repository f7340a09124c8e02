import { afterEach, describe, expect, it } from '@jest/globals';
import { DEFAULT_IGNORED_PATHS } from '../src/excluded.ts';
import { bare, RawClient } from './raw-client.ts';
import { type Serving, serve } from './serving.ts';
import { Watch } from './watching.ts';

let watch: Watch;
const servings: Serving[] = [];

async function serveOk(): Promise<Serving> {
  const serving = await serve((request, response) => response.end(request.url));
  servings.push(serving);
  return serving;
}

afterEach(async () => {
  watch.hooks.uninstall();
  await Promise.all(servings.splice(0).map((serving) => serving.close()));
});

const ask = async (port: number, path: string): Promise<string> =>
  (await fetch(`http://127.0.0.1:${port}${path}`)).text();

describe('ignored paths', () => {
  it('are counted under their name, and nowhere else', async () => {
    watch = Watch.install({ ignoredPaths: DEFAULT_IGNORED_PATHS });
    const { port } = await serveOk();
    for (const path of DEFAULT_IGNORED_PATHS) expect(await ask(port, path)).toBe(path);
    await ask(port, '/healthz?verbose=1');
    expect(await watch.linesOf(0)).toEqual([]);
    expect(watch.notMeasured).toEqual({
      'excluded /health': 1,
      'excluded /healthz': 2,
      'excluded /livez': 1,
      'excluded /readyz': 1,
      'excluded /health/live': 1,
      'excluded /health/ready': 1,
    });
  });

  it('are whole paths: what only begins or ends like one is measured', async () => {
    watch = Watch.install({ ignoredPaths: ['/healthz'] });
    const { port } = await serveOk();
    for (const path of ['/healthzz', '/healthz/', '/a/healthz', '/Healthz']) await ask(port, path);
    expect(await watch.linesOf(4)).toHaveLength(4);
    expect(watch.notMeasured).toEqual({});
  });

  it('are found in targets of absolute form', async () => {
    watch = Watch.install({ ignoredPaths: ['/healthz'] });
    const { port } = await serveOk();
    const client = new RawClient(port, bare('GET http://test/healthz?a', 'Connection: close'));
    await client.closed;
    expect(watch.notMeasured).toEqual({ 'excluded /healthz': 1 });
  });

  it('may be none', async () => {
    watch = Watch.install({ ignoredPaths: [] });
    const { port } = await serveOk();
    await ask(port, '/healthz');
    expect(await watch.linesOf(1)).toEqual(['GET /healthz 200 completed']);
  });
});

describe('a server of our own', () => {
  it('is not measured, and counted as `admin-api`', async () => {
    watch = Watch.install();
    const [own, application] = [await serveOk(), await serveOk()];
    watch.hooks.hide(own.server);
    for (let i = 0; i < 3; i++) await ask(own.port, '/api/performance/summary');
    await ask(application.port, '/api/performance/summary');
    expect(await watch.linesOf(1)).toEqual(['GET /api/performance/summary 200 completed']);
    expect(watch.notMeasured).toEqual({ 'admin-api': 3 });
  });
});
