import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Connection } from './load/connection.ts';
import { request } from './load/request.ts';
import { type Child, endAll, ROOT, start } from './processes.ts';
import { startService, TOKEN } from './service.ts';

/** The guide's lines in our words: what its crontab and its CI workflow run. */
const CRONTAB_COMMAND = 'npx --no-install tacho monitor --save';
const CI_COMMAND = 'npx --no-install tacho monitor --interval 5 --duration 60';

/** Long enough for a slow machine to load npx and the command, short enough to be "at once". */
const AT_ONCE_MS = 15_000;

let application: string;
let adminPort: string;

beforeAll(async () => {
  application = await installedApplication();
  const service = await startService('test/services/users.ts');
  adminPort = new URL(service.admin.url).port;
  const connection = await Connection.open(service.ports.http!);
  await connection.exchange([1, 2, 3].map((id) => request({ method: 'GET', target: `/users/${id}` })));
  await connection.close();
});

afterAll(async () => {
  await endAll();
  await rm(application, { recursive: true });
});

describe('the lines of the guide', () => {
  it('run as cron and as a CI job run them', async () => {
    const cron = asCronDoes(CRONTAB_COMMAND, adminPort);
    const ci = inShell(CI_COMMAND, adminPort);
    expect(await cron.end(90_000)).toEqual({ code: 0, signal: null });
    expect([cron.stdout, cron.stderr]).toEqual(['', '']);
    await expectSavedFile();
    expect(await ci.end(30_000)).toEqual({ code: 0, signal: null });
    expect(ci.stderr).toBe('');
    expect(ci.stdout.trimEnd().split('\n')).toHaveLength(13);
    expect(ci.stdout).not.toContain('\x1b');
  });

  it.each([CRONTAB_COMMAND, CI_COMMAND])(
    'fail at once, in one line, where no service runs: %s',
    async (command) => {
      const startedAt = performance.now();
      const child = asCronDoes(command, '1');
      const { code } = await child.end(AT_ONCE_MS);
      expect(code).toBeGreaterThan(0);
      expect(child.stderr.trimEnd().split('\n')).toEqual([expect.stringContaining('127.0.0.1:1')]);
      expect(performance.now() - startedAt).toBeLessThan(AT_ONCE_MS);
    },
  );
});

async function expectSavedFile(): Promise<void> {
  const saved = (await readdir(application)).filter((name) => name.startsWith('tacho-metrics-'));
  expect(saved).toEqual([expect.stringMatching(/^tacho-metrics-\d{8}T\d{6}Z\.json$/)]);
  const path = join(application, saved[0]!);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const { samples } = JSON.parse(await readFile(path, 'utf8')) as { samples: unknown[] };
  expect(samples).toHaveLength(2);
  expect(samples[1]).toMatchObject({ summary: { total_requests: 3 } });
}

/** A folder like that of any application with tacho among its dependencies. */
async function installedApplication(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tacho-application-'));
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{ "name": "application", "private": true }');
  return folder;
}

/** No terminal, hardly any environment, and a shell that has to find its way from HOME. */
function asCronDoes(command: string, port: string): Child {
  const line = `cd ${application} && ${command}`;
  return start(['/bin/sh', '-c', line], { env: environment(port), cwd: '/' });
}

function inShell(command: string, port: string): Child {
  return start(['/bin/sh', '-c', command], { env: { ...environment(port), CI: 'true' }, cwd: application });
}

function environment(port: string): Record<string, string> {
  const path = [dirname(process.execPath), folderOf('npx'), '/usr/bin', '/bin'].join(delimiter);
  return {
    PATH: path,
    HOME: application,
    SHELL: '/bin/sh',
    TACHO_ADMIN_TOKEN: TOKEN,
    TACHO_ADMIN_PORT: port,
  };
}

function folderOf(program: string): string {
  const folder = (process.env.PATH ?? '').split(delimiter).find((each) => existsSync(join(each, program)));
  if (folder === undefined) throw new Error(`${program} is not on the PATH`);
  return folder;
}
