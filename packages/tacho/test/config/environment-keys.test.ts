import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readEnvironment } from '../../src/config/environment.ts';

const folder = mkdtempSync(join(tmpdir(), 'tacho-keys-'));
const file = join(folder, 'keys');
const KEYS = Array.from({ length: 9 }, (_, index) => new Uint8Array(32).fill(index + 1));
const TEXTS = KEYS.map((key) => Buffer.from(key).toString('hex'));
const [FIRST = '', SECOND = ''] = TEXTS;
const ALLOWED = 'at most 8, separated by commas, each 32 random bytes, as 64 hex digits or as base64';
const CONSEQUENCE =
  'Without the option encryptionKey, history is kept in memory and not written in the clear.';

afterAll(() => rmSync(folder, { recursive: true }));

describe('encryption keys in the environment', () => {
  it.each([
    ['one', FIRST, 1],
    ['several, with blanks', ` ${FIRST} ,\t${SECOND} `, 2],
    ['eight', TEXTS.slice(0, 8).join(), 8],
  ])('are taken in their order: %s', (_what, text, count) => {
    const { encryptionKeys, warnings } = readEnvironment({ TACHO_ENCRYPTION_KEY: text });
    expect(encryptionKeys).toEqual(KEYS.slice(0, count));
    expect(warnings).toEqual([]);
  });

  it.each([
    ['Xyzzy'],
    [`${FIRST},Xyzzy`],
    [`Xyzzy,${FIRST}`],
    [`${FIRST},`],
    [`,${FIRST}`],
    [','],
    [FIRST.slice(2)],
    ['0'.repeat(64)],
    [TEXTS.join()],
    [`${FIRST};${SECOND}`],
    [`"${FIRST}"`],
  ])('are all refused where one can’t be taken, and none is shown: %#', (text) => {
    const { encryptionKeys, warnings } = readEnvironment({ TACHO_ENCRYPTION_KEY: text });
    expect(encryptionKeys).toBe('refused');
    expect(warnings).toEqual([
      `TACHO_ENCRYPTION_KEY has a key that can't be taken, or too many; allowed: ${ALLOWED}. ${CONSEQUENCE}`,
    ]);
  });

  it('are refused where there are two places to look', () => {
    const both = { TACHO_ENCRYPTION_KEY: FIRST, TACHO_ENCRYPTION_KEY_FILE: file };
    const { encryptionKeys, warnings } = readEnvironment(both);
    expect(encryptionKeys).toBe('refused');
    expect(warnings).toEqual([
      `TACHO_ENCRYPTION_KEY and TACHO_ENCRYPTION_KEY_FILE are both set; allowed: one of them. ${CONSEQUENCE}`,
    ]);
  });
});

describe('the key file that the environment names', () => {
  const variables = { TACHO_ENCRYPTION_KEY_FILE: file };

  it('is read, one key a line', () => {
    writeFileSync(file, `${SECOND}\n${FIRST}\n`, { mode: 0o600 });
    const { encryptionKeys, warnings } = readEnvironment(variables);
    expect(encryptionKeys).toEqual([KEYS[1], KEYS[0]]);
    expect(warnings).toEqual([]);
  });

  it('is one warning where others may open it', () => {
    writeFileSync(file, FIRST);
    chmodSync(file, 0o644);
    const { encryptionKeys, warnings } = readEnvironment(variables);
    expect(encryptionKeys).toEqual([KEYS[0]]);
    expect(warnings).toEqual([
      'TACHO_ENCRYPTION_KEY_FILE: others than its owner may open the key file; chmod 600 closes it',
    ]);
  });

  it.each([
    [
      'what is no key',
      'Xyzzy',
      'has no key in line 1; allowed: 32 random bytes, as 64 hex digits or as base64',
    ],
    ['nothing', '', 'has no key in it'],
  ])('is refused with %s in it', (_what, text, why) => {
    writeFileSync(file, text);
    const { encryptionKeys, warnings } = readEnvironment(variables);
    expect(encryptionKeys).toBe('refused');
    expect(warnings).toEqual([`TACHO_ENCRYPTION_KEY_FILE: the key file ${why}. ${CONSEQUENCE}`]);
  });

  it.each([
    ['missing', join(folder, 'missing'), "can't be read: ENOENT"],
    ['a folder', folder, 'is no regular file'],
    ['no path', 'a\0b', "can't be read: ERR_INVALID_ARG_VALUE"],
    ['without an end', '/dev/zero', 'is no regular file'],
  ])('is refused where it is %s', (_what, path, why) => {
    const { encryptionKeys, warnings } = readEnvironment({ TACHO_ENCRYPTION_KEY_FILE: path });
    expect(encryptionKeys).toBe('refused');
    expect(warnings).toEqual([`TACHO_ENCRYPTION_KEY_FILE: the key file ${why}. ${CONSEQUENCE}`]);
  });
});
