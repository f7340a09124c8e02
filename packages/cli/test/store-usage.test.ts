import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { bytes, Session, type SessionOptions } from './session.ts';
import { folderEachTest } from './temporary-folder.ts';

const folder = folderEachTest();

/** Without stores: nothing that is used wrongly may ask for them. */
async function misuse(argv: readonly string[], options: SessionOptions = {}): Promise<string> {
  const session = new Session({ folder: folder.path, ...options });
  expect(await session.run(...argv)).toBe(2);
  expect(session.stdout).toBe('');
  return session.stderr;
}

describe('a command on a store used wrongly: exit code 2, and on stderr', () => {
  it.each([
    [['restore'], "missing required argument 'backup'; see tacho restore --help"],
    [['import'], "missing required argument 'file'; see tacho import --help"],
    [
      ['backup', 'a', 'b'],
      "too many arguments for 'backup'. Expected 1 argument but got 2: a, b; see tacho backup --help",
    ],
    [['repair', '--deepest'], "unknown option '--deepest'; see tacho repair --help"],
    [['backpu'], "unknown command 'backpu' (Did you mean backup?); see tacho --help"],
    [['backup', '--store', ''], '--store "": expected a file'],
    [['backup', ''], 'backup "": expected a file'],
    [['export', ''], 'export "": expected a file'],
    [['import', ''], 'import "": expected a file'],
    [['erase'], 'erase takes the name in one place: --user or --user-file'],
    [['erase', '--user', ''], '--user: expected a name, found none'],
  ])('what is wrong, for %j', async (argv, message) => {
    expect(await misuse(argv)).toBe(`tacho: ${message}\n`);
  });

  it('that memory is no file', async () => {
    expect(await misuse(['backup'], { variables: { TACHO_STORE: 'memory' } })).toBe(
      'tacho: TACHO_STORE=memory leaves no file behind: say with --store which one is meant\n',
    );
  });

  it.each(['restore backup.db', 'erase --user alice'])(
    'that nobody can be asked where there is no terminal: %s',
    async (line) => {
      expect(await misuse(line.split(' '))).toBe(
        'tacho: nobody can be asked whether to go on: --yes says so\n',
      );
    },
  );
});

describe('the name of a user who is erased is never repeated', () => {
  it.each([
    [['erase', 'alice']],
    [['erase', '--user', 'alice', 'alice']],
    [['erase', '--usr', 'alice']],
    [['erase', '--usr=alice']],
    [['erase', '-ualice']],
    [['erase', '--user', 'alice', '--user-file', 'name']],
  ])('%j', async (argv) => {
    expect(await misuse(argv)).toMatch(/^tacho: .*\n$/);
    expect(await misuse(argv)).not.toContain('alice');
  });

  it.each(['', '\n', '\r\n'])('a file with %j for a name has none', async (contents) => {
    await writeFile(join(folder.path, 'name'), contents);
    expect(await misuse(['erase', '--yes', '--user-file', 'name'])).toBe(
      'tacho: --user-file: expected a name, found none\n',
    );
  });

  it('a file that is not there', async () => {
    expect(await misuse(['erase', '--yes', '--user-file', 'name'])).toBe(
      'tacho: --user-file "name" can\'t be read: no such file or folder\n',
    );
  });
});

describe('a key that is none', () => {
  it.each(['hunter2', '11'.repeat(31), '00'.repeat(32), `${'11'.repeat(32)},x`])(
    'is never shown: %s',
    async (key) => {
      const message = await misuse(['backup'], { variables: { TACHO_ENCRYPTION_KEY: key } });
      expect(message).toMatch(/^tacho: TACHO_ENCRYPTION_KEY: expected 32 random bytes, .*\n$/);
      expect(message).not.toContain(key);
    },
  );

  it('is told by its file', async () => {
    const variables = { TACHO_ENCRYPTION_KEY_FILE: 'none' };
    expect(await misuse(['backup'], { variables })).toMatch(
      /^tacho: TACHO_ENCRYPTION_KEY_FILE="none": .*\n$/,
    );
  });

  it('is one too many', async () => {
    const variables = { TACHO_ENCRYPTION_KEY_FILE: 'none', TACHO_ENCRYPTION_KEY: '11'.repeat(32) };
    expect(await misuse(['backup'], { variables })).toMatch(/are both set: expected one\n$/);
  });
});

describe('a question in a terminal', () => {
  const TERMINAL = { terminal: { columns: 80, rows: 24 } };

  it.each(['', '\n', 'n\n', 'no\n', 'yess\n'])('is not answered by %j', async (answer) => {
    const session = new Session({ ...TERMINAL, folder: folder.path, stdin: bytes(answer) });
    expect(await session.run('restore', 'backup.db')).toBe(1);
    expect(session.stderr).toMatch(/^Put the backup in the place of ".*tacho\.db"\? \[y\/N\] /);
    expect(session.stderr).toMatch(/tacho: not confirmed, so nothing was done\n$/);
  });

  it('ends at a signal', async () => {
    const session = new Session({ ...TERMINAL, folder: folder.path, stdin: silence() });
    const ended = session.run('erase', '--user', 'alice');
    session.interrupt();
    expect(await ended).toBe(130);
    expect(session.stderr).not.toContain('alice');
  });
});

async function* silence(): AsyncGenerator<Uint8Array> {
  await new Promise(() => {});
  yield Buffer.alloc(0);
}
