import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { TOKEN } from './admin-server.ts';
import { serveEachTest } from './served-session.ts';
import { bytes, type SessionOptions } from './session.ts';
import { folderEachTest } from './temporary-folder.ts';

const each = serveEachTest();
const folder = folderEachTest();

async function authorizationSent(options: SessionOptions, ...argv: string[]): Promise<string | undefined> {
  const session = each.session({ folder: folder.path, ...options });
  await session.run('monitor', ...argv);
  return each.server.asked[0]?.authorization;
}

describe('the token', () => {
  it('comes from the environment', async () => {
    expect(await authorizationSent({ variables: { TACHO_ADMIN_TOKEN: ` ${TOKEN}\n` } })).toBe(
      `Bearer ${TOKEN}`,
    );
  });

  it('is the first of those that the service is given', async () => {
    expect(await authorizationSent({ variables: { TACHO_ADMIN_TOKEN: ` ,${TOKEN}, another` } })).toBe(
      `Bearer ${TOKEN}`,
    );
  });

  it('is not the digest that the service may have in place of one', async () => {
    const variables = { TACHO_ADMIN_TOKEN: `sha256:${'0'.repeat(64)},${TOKEN}` };
    expect(await authorizationSent({ variables })).toBe(`Bearer ${TOKEN}`);
  });

  it('comes from a file before the environment, from where the command runs', async () => {
    await writeFile(join(folder.path, 'token.txt'), 'from-a-file\n');
    expect(await authorizationSent({}, '--token-file', 'token.txt')).toBe('Bearer from-a-file');
  });

  it('comes from stdin for a dash', async () => {
    expect(await authorizationSent({ stdin: bytes('from-stdin\r\n') }, '--token-file', '-')).toBe(
      'Bearer from-stdin',
    );
  });

  it('is left out where there is none, and the service says the rest', async () => {
    const session = each.session({ variables: { TACHO_ADMIN_TOKEN: '' } });
    expect(await session.run('monitor')).toBe(1);
    expect(session.stderr).toMatch(/refuses the token \(401\): .*TACHO_ADMIN_TOKEN or --token-file\n$/);
    expect(each.server.asked[0]?.authorization).toBeUndefined();
  });
});

describe('a bad token', () => {
  it.each(['two words', 'new\nline', 'naïve', 'nul\0', 'esc\x1b[2J'])(
    'in the environment is refused without being shown: %j',
    async (token) => {
      const session = each.session({ variables: { TACHO_ADMIN_TOKEN: token } });
      expect(await session.run('monitor')).toBe(2);
      expect(session.stderr).toBe(
        'tacho: TACHO_ADMIN_TOKEN: expected one token of visible ASCII characters\n',
      );
      expect(each.server.asked).toEqual([]);
    },
  );

  it.each([
    ['missing', "IT can't be read: no such file or folder"],
    ['folder', "IT can't be read: it is a folder"],
    ['empty', 'IT: expected one token of visible ASCII characters, found none'],
    ['binary', 'IT: expected one token of visible ASCII characters'],
    ['long', 'IT: expected at most 8192 bytes'],
    ['/dev/zero', 'IT: expected at most 8192 bytes'],
  ])('file is refused with the reason: %s', async (file, reason) => {
    await mkdir(join(folder.path, 'folder'));
    await writeFile(join(folder.path, 'empty'), ' \n');
    await writeFile(join(folder.path, 'binary'), Buffer.from([0xff, 0xfe, 0x00]));
    await writeFile(join(folder.path, 'long'), 'x'.repeat(8193));
    const session = each.session({ folder: folder.path });
    expect(await session.run('monitor', '--token-file', file)).toBe(2);
    expect(session.stderr.replace(`"${file}"`, 'IT')).toBe(`tacho: --token-file ${reason}\n`);
  });

  it('is not waited for once the command is interrupted', async () => {
    const session = each.session({ stdin: silence() });
    const exitCode = session.run('monitor', '--token-file', '-');
    setTimeout(() => session.interrupt(), 50);
    expect(await exitCode).toBe(130);
  });
});

async function* silence(): AsyncGenerator<Uint8Array> {
  await new Promise(() => {});
  yield Buffer.alloc(0);
}
