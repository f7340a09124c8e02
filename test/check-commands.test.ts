import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { endAll, ROOT, start } from './processes.ts';
import { TOKEN } from './service.ts';

let application: string;

beforeAll(async () => {
  application = await mkdtemp(join(tmpdir(), 'tacho-application-'));
  await symlink(join(ROOT, 'node_modules'), join(application, 'node_modules'));
  await writeFile(join(application, 'package.json'), '{ "type": "module", "private": true }');
});

afterAll(async () => {
  await endAll();
  await rm(application, { recursive: true });
});

it('has a job whose steps run as they are written, but for ports and time', async () => {
  const [port, adminPort] = await freePorts();
  await writeFile(
    join(application, 'server.js'),
    `import { createServer } from 'node:http';
    createServer((_, response) => response.end('fine')).listen(${port}, '127.0.0.1');`,
  );
  await writeFile(
    join(application, 'load.js'),
    `for (;;) await (await fetch('http://127.0.0.1:${port}/')).text();`,
  );
  const page = await readFile(join(ROOT, 'docs/check.md'), 'utf8');
  const steps = [...page.matchAll(/^ {8}run: \|\n((?: {10}.*\n)+)/gm)].map(([, step = '']) => step);
  expect(steps).toHaveLength(2);
  const env = { TACHO_ADMIN_TOKEN: TOKEN, TACHO_ADMIN_PORT: String(adminPort), TACHO_STORE: 'memory' };
  for (const step of steps) {
    const script = step.replace(':3000/', `:${port}/`).replace('--duration 30', '--duration 2');
    const shell = start(['/bin/sh', '-e', '-c', script], { cwd: application, env });
    expect({ ...(await shell.end()), stdout: shell.stdout }).toMatchObject({ code: 0, signal: null });
  }
  expect(await readFile(join(application, 'tacho-check.xml'), 'utf8')).toContain('name="tacho check: pass"');
});

async function freePorts(): Promise<number[]> {
  const servers = [createServer(), createServer()];
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((settle) => {
          server.listen(0, '127.0.0.1', () => settle((server.address() as AddressInfo).port));
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((settle) => server.close(settle))));
  return ports;
}
