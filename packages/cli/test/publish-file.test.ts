import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { publishFile } from '../src/publish-file.ts';
import { folderEachTest } from './temporary-folder.ts';

const folder = folderEachTest();

async function withoutLinks(): Promise<void> {
  throw Object.assign(new Error('operation not permitted'), { code: 'EPERM' });
}

describe.each([
  ['with hard links', undefined],
  ['without hard links', withoutLinks],
])('publishing a file, %s', (_, hardLink) => {
  it('gives it its name and takes the other', async () => {
    const { temporary, path } = paths();
    await writeFile(temporary, 'whole', { mode: 0o600 });
    await publishFile(temporary, path, hardLink);
    expect(await readdir(folder.path)).toEqual(['final']);
    expect(await readFile(path, 'utf8')).toBe('whole');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('leaves both files alone where the name is taken', async () => {
    const { temporary, path } = paths();
    await writeFile(temporary, 'new');
    await writeFile(path, 'old');
    await expect(publishFile(temporary, path, hardLink)).rejects.toMatchObject({ code: 'EEXIST' });
    expect([await readFile(temporary, 'utf8'), await readFile(path, 'utf8')]).toEqual(['new', 'old']);
  });
});

function paths(): { temporary: string; path: string } {
  return { temporary: join(folder.path, 'temporary'), path: join(folder.path, 'final') };
}
