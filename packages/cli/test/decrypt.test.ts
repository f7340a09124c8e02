import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Keyring } from '@tacho/store';
import { CommandError } from '../src/command-error.ts';
import { TOKEN } from './admin-server.ts';
import { serveEachTest } from './served-session.ts';
import { Session, type SessionOptions } from './session.ts';
import { folderEachTest } from './temporary-folder.ts';

const KEY = randomBytes(32);
const TEXT = KEY.toString('base64');
const OTHER = randomBytes(32).toString('hex');
const SAVED = 'tacho-metrics-20261123T124501Z.json.enc';
const HINT = 'Give its key in TACHO_ENCRYPTION_KEY or TACHO_ENCRYPTION_KEY_FILE.';

const each = serveEachTest();
const folder = folderEachTest();

function session(options: SessionOptions = {}, key = TEXT): Session {
  return new Session({ folder: folder.path, variables: { TACHO_ENCRYPTION_KEY: key }, ...options });
}

/** A file of this text, encrypted. */
async function seal(text: string): Promise<Buffer> {
  const sealer = Keyring.of([KEY]).fileSealer();
  const sealed = Buffer.concat([sealer.add(Buffer.from(text)), sealer.end()]);
  await writeFile(join(folder.path, 'x.enc'), sealed);
  return sealed;
}

describe('monitor --save with a key', () => {
  it('saves what decrypt prints, and nothing of it in the clear', async () => {
    const variables = { TACHO_ENCRYPTION_KEY: TEXT };
    expect(await each.session({ folder: folder.path, variables }).run('monitor', '--save')).toBe(0);
    expect(await readdir(folder.path)).toEqual([SAVED]);
    const sealed = await readFile(join(folder.path, SAVED));
    for (const word of ['settings', 'summary', 'GET', each.server.url, TOKEN])
      expect(sealed.includes(word)).toBe(false);
    expect((await stat(join(folder.path, SAVED))).mode & 0o777).toBe(0o600);
    const reading = session();
    expect(await reading.run('decrypt', SAVED)).toBe(0);
    expect(JSON.parse(reading.stdout)).toMatchObject({
      settings: { url: each.server.url },
      samples: [{}, {}],
    });
    expect(reading.stderr).toBe('');
  });

  it('saves under the first key of a key file', async () => {
    await writeFile(join(folder.path, 'keys'), `${TEXT}\n${OTHER}\n`, { mode: 0o600 });
    const variables = { TACHO_ENCRYPTION_KEY_FILE: 'keys' };
    expect(await each.session({ folder: folder.path, variables }).run('monitor', '--save')).toBe(0);
    expect(await session({}, `${OTHER},${TEXT}`).run('decrypt', SAVED)).toBe(0);
    expect(await session({}, OTHER).run('decrypt', SAVED)).toBe(8);
  });

  it('shows nothing in the clear while it runs either', async () => {
    const running = each.session({ folder: folder.path, variables: { TACHO_ENCRYPTION_KEY: TEXT } });
    const during: [string, boolean][] = [];
    running.clock.at(1000, async () => {
      for (const name of await readdir(folder.path))
        during.push([name, (await readFile(join(folder.path, name))).includes('settings')]);
    });
    await running.run('monitor', '--save', '--interval', '30', '--duration', '60');
    expect(during).toEqual([[`.${SAVED}.part`, false]]);
  });

  it.each(['Xyzzy', `${TEXT},Xyzzy`, '0'.repeat(64)])(
    'saves nothing where the key is none, and does not show it: %#',
    async (key) => {
      const saving = each.session({ folder: folder.path, variables: { TACHO_ENCRYPTION_KEY: key } });
      expect(await saving.run('monitor', '--save')).toBe(2);
      expect(saving.stderr).toMatch(/^tacho: TACHO_ENCRYPTION_KEY: [^\n]*\n$/);
      expect(saving.stderr).not.toContain('Xyzzy');
      expect(await readdir(folder.path)).toEqual([]);
      expect(each.server.asked).toEqual([]);
    },
  );
});

describe('decrypt', () => {
  const text = `${JSON.stringify({ route: '/ä€😀'.repeat(40_000) })}\n`;

  it('prints a file of many parts, characters whole', async () => {
    await seal(text);
    const reading = session();
    expect(await reading.run('decrypt', 'x.enc')).toBe(0);
    expect(reading.stdout === text).toBe(true);
    expect(reading.writes.length).toBeGreaterThan(3);
  });

  it('reads stdin', async () => {
    const sealed = await seal(text);
    const stdin = (async function* () {
      for (let at = 0; at < sealed.length; at += 1000) yield sealed.subarray(at, at + 1000);
    })();
    const reading = session({ stdin });
    expect(await reading.run('decrypt', '-')).toBe(0);
    expect(reading.stdout === text).toBe(true);
  });

  it('asks for the key', async () => {
    await seal(text);
    const reading = session({ variables: {} });
    expect(await reading.run('decrypt', 'x.enc')).toBe(7);
    expect(reading.stderr).toBe(`tacho: "x.enc": encrypted, and no key was given. ${HINT}\n`);
    expect(reading.stdout).toBe('');
  });

  it('asks for another key', async () => {
    await seal(text);
    const reading = session({}, OTHER);
    expect(await reading.run('decrypt', 'x.enc')).toBe(8);
    expect(reading.stderr).toBe(`tacho: "x.enc": encrypted with another key than those given. ${HINT}\n`);
    expect(reading.stdout).toBe('');
  });

  it.each([0, 7, 48, 49, 60, 49 + 65_552, 49 + 2 * 65_552])(
    'tells that the file ends too early: after %d bytes',
    async (length) => {
      await seal(text);
      await truncate(join(folder.path, 'x.enc'), length);
      const reading = session();
      expect(await reading.run('decrypt', 'x.enc')).toBe(5);
      expect(reading.stderr).toMatch(/^tacho: "x\.enc": a sealed file is damaged: [^\n]*\n$/);
      expect(text.startsWith(reading.stdout)).toBe(true);
    },
  );

  it('prints nothing of a part that was changed', async () => {
    const sealed = await seal(text);
    sealed[70_000 + 65_552] = (sealed[70_000 + 65_552] ?? 0) ^ 1;
    await writeFile(join(folder.path, 'x.enc'), sealed);
    const reading = session();
    expect(await reading.run('decrypt', 'x.enc')).toBe(5);
    expect(text.startsWith(reading.stdout)).toBe(true);
    expect(Buffer.from(reading.stdout).length).toBeLessThanOrEqual(2 * 65_536);
  });

  it('refuses a file that is not encrypted', async () => {
    await writeFile(join(folder.path, 'x.json'), '{"settings":{}}');
    const reading = session({ variables: {} });
    expect(await reading.run('decrypt', 'x.json')).toBe(5);
    expect(reading.stderr).toBe('tacho: "x.json": a sealed file is damaged: it does not begin as one\n');
  });

  it('fails where there is no file, or a folder', async () => {
    const reading = session();
    expect(await reading.run('decrypt', 'missing')).toBe(3);
    expect(reading.stderr).toBe('tacho: "missing" can\'t be read: no such file or folder\n');
    await mkdir(join(folder.path, 'folder'));
    expect(await session().run('decrypt', 'folder')).toBe(1);
    expect(await session().run('decrypt', '')).toBe(2);
    expect(await session().run('decrypt')).toBe(2);
  });

  it('ends with its reader, and where it is interrupted', async () => {
    await seal(text);
    const read = session();
    read.closeStdout(new CommandError(0, ''));
    expect(await read.run('decrypt', 'x.enc')).toBe(0);
    const interrupted = session();
    interrupted.interrupt();
    expect(await interrupted.run('decrypt', 'x.enc')).toBe(130);
    expect([read.stderr, interrupted.stderr]).toEqual(['', '']);
  });
});
