import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { endAll, ROOT, start } from '../processes.ts';
import { removeFolders, temporaryFolder } from '../temporary-folder.ts';
import { doctor } from './doctor.ts';

afterAll(async () => {
  await endAll();
  await removeFolders();
});

describe('tacho doctor', () => {
  it('is one command of the installed tacho: groups, remedies, a line at the end, exit code 1', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, '.tacho'), { mode: 0o700 });
    await writeFile(join(folder, '.tacho/tacho.db.key'), '');
    await chmod(join(folder, '.tacho/tacho.db.key'), 0o644);
    const child = start(['node', join(ROOT, 'packages/tacho/bin/tacho.js'), 'doctor'], {
      cwd: folder,
      env: { TACHO_ADMIN_PORT: '1', TACHO_STOER: 'memory' },
    });
    expect(await child.end()).toEqual({ code: 1, signal: null });
    expect(child.stderr).toBe('');
    expect(child.stdout).toMatch(/^Runtime\n {2}ok {6} node-version: Node /);
    expect(child.stdout).toContain('→ Rename TACHO_STOER to TACHO_STORE.\n');
    expect(child.stdout).toContain(`→ chmod 600 ${join(folder, '.tacho/tacho.db.key')}\n`);
    expect(child.stdout).toMatch(/\n\d+ problems, \d+ warnings?, \d+ ok, \d+ skipped\n$/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what no pipe is to have
    expect(child.stdout).not.toMatch(/\x1b/);
  });

  it('refuses what it does not understand, and shows no password', async () => {
    const folder = await temporaryFolder();
    const { exitCode, stderr } = await doctor({ folder, arguments: ['--app', 'http://me:hunter22@host'] });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--app');
    expect(stderr).not.toContain('hunter22');
  });
});
