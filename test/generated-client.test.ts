import { copyFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { OPERATIONS } from '@tacho/api-contract';
import { eventually } from './eventually.ts';
import { endAll, ROOT, start } from './processes.ts';
import { startService, TOKEN } from './service.ts';
import { removeFolders, temporaryFolder } from './temporary-folder.ts';

const APP = join(ROOT, 'test/apps/generated-client');
const REQUESTS = 7;

afterAll(async () => {
  await endAll();
  await removeFolders();
});

async function run(folder: string, ...command: string[]): Promise<string> {
  const child = start(command, { cwd: folder });
  const { code } = await child.end(60_000);
  expect({ code, stdout: code === 0 ? '' : child.stdout, stderr: child.stderr }).toEqual({
    code: 0,
    stdout: '',
    stderr: expect.not.stringMatching(/error/i),
  });
  return child.stdout;
}

it('a client that a public generator makes of the description compiles, and may ask everything', async () => {
  const service = await startService('test/malformed-requests/app.ts');
  for (let n = 0; n < REQUESTS; n++) await fetch(`http://127.0.0.1:${service.ports.koa}/users/${n}`);
  await eventually('all requests to be counted', async () => {
    return (await service.admin.summary()).total_requests === REQUESTS || undefined;
  });
  const description = await (await service.admin.get('openapi.json')).text();

  const folder = await temporaryFolder();
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  await copyFile(join(APP, 'client.mts'), join(folder, 'client.mts'));
  await writeFile(join(folder, 'openapi.json'), description);

  const node = process.execPath;
  const generator = join(APP, 'node_modules/openapi-typescript/bin/cli.js');
  await run(folder, node, generator, 'openapi.json', '--output', 'admin-api.d.ts');
  const compiler = join(APP, 'node_modules/typescript/bin/tsc');
  const strict = ['--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess', '--skipLibCheck'];
  const modules = ['--module', 'nodenext', '--target', 'es2024', '--allowImportingTsExtensions'];
  await run(folder, node, compiler, '--noEmit', ...strict, ...modules, '--types', 'node', 'client.mts');

  const url = `${service.admin.url}${JSON.parse(description).servers[0].url}`;
  const { read, refused, field } = JSON.parse(
    await run(folder, node, 'client.mts', url, TOKEN, 'GET /users/:id'),
  );
  expect(Object.keys(read)).toEqual(Object.keys(OPERATIONS));
  expect(read).toMatchObject({ getSummary: REQUESTS, listEndpoints: REQUESTS, getEndpoint: REQUESTS });
  expect(Object.values(read)).not.toContain(undefined);
  expect(read).toMatchObject({
    listAlerts: expect.stringContaining('error-rate'),
    addSilence: 'by a generated client',
    removeSilence: 204,
    testAlerts: 'log true',
  });
  expect(field).toBe('minutes');
  expect(refused).toEqual({ status: 400, code: 'invalid_parameter', parameter: 'step' });
});
