import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { adminApi } from './admin-api.ts';
import { endAll, ROOT, start } from './processes.ts';
import { ADMIN_ENVIRONMENT, TOKEN } from './service.ts';

const OWN_TESTS = ['koa-api'];
const examples = globSync('*', { cwd: join(ROOT, 'examples') }).filter((name) => !OWN_TESTS.includes(name));

afterAll(endAll);

describe('examples are counted as their pages say', () => {
  it.each(examples)('%s', async (name) => {
    const page = readFileSync(join(ROOT, 'examples', name, 'README.md'), 'utf8');
    const service = start(['node', 'src/main.ts'], {
      cwd: join(ROOT, 'examples', name),
      env: { ...ADMIN_ENVIRONMENT, PORT: '0' },
    });
    const [, port] = await service.output('stdout', /listening .*port: (\d+)/);
    const [url] = await service.output('stderr', /http:\/\/127\.0\.0\.1:\d+/);
    const paths = [...page.matchAll(/^curl http:\/\/127\.0\.0\.1:3000(\S+)$/gm)].map(([, path]) => path);
    for (const path of paths) await (await fetch(`http://127.0.0.1:${port}${path}`)).text();
    const endpoints = await adminApi(url, TOKEN).endpoints();
    const written = JSON.parse(/^```json\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? '') as object;
    expect(endpoints).toMatchObject(written);
    expect(Object.keys(endpoints).sort()).toEqual(Object.keys(written).sort());
    expect(paths.length).toBeGreaterThanOrEqual(4);
    await service.stop();
  });
});
