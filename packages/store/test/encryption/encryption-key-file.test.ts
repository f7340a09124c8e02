import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TachoError } from '@tacho/core';
import { readEncryptionKeyFile } from '../../src/encryption/encryption-key-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'tacho-key-'));
const path = join(folder, 'key');
const keys = [1, 2, 3].map((byte) => new Uint8Array(32).fill(byte));
const [first = '', second = '', third = ''] = keys.map((key) => Buffer.from(key).toString('base64'));

afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => rmSync(path, { recursive: true, force: true }));

function write(text: string): void {
  writeFileSync(path, text, { mode: 0o600 });
}

function refusal(): TachoError {
  try {
    readEncryptionKeyFile(path);
  } catch (thrown) {
    if (thrown instanceof TachoError) return thrown;
    throw new Error('something other than a TachoError was thrown', { cause: thrown });
  }
  throw new Error('the file was accepted');
}

describe('a key file', () => {
  it.each([
    ['one line', first, 1],
    ['a line end', `${first}\n`, 1],
    ['several lines', `${first}\n${second}\n${third}\n`, 3],
    ['lines of Windows, blank ones among them', `\uFEFF${first}\r\n\r\n  ${second}\t\r\n\r\n`, 2],
  ])('has its keys in order: %s', (_what, text, count) => {
    write(text);
    expect(readEncryptionKeyFile(path)).toEqual({ keys: keys.slice(0, count), exposed: false });
  });

  it.each([0o644, 0o640, 0o604, 0o620])('is known to be open to others: mode %o', (mode) => {
    write(first);
    chmodSync(path, mode);
    expect(readEncryptionKeyFile(path).exposed).toBe(true);
  });

  it.each([0o600, 0o400])('is known to be its owner’s alone: mode %o', (mode) => {
    write(first);
    chmodSync(path, mode);
    expect(readEncryptionKeyFile(path).exposed).toBe(false);
  });

  it('may be a link to one', () => {
    const target = join(folder, 'target');
    writeFileSync(target, first, { mode: 0o600 });
    symlinkSync(target, path);
    expect(readEncryptionKeyFile(path).keys).toEqual(keys.slice(0, 1));
  });
});

describe('a key file that is none', () => {
  it('shows nothing of its content', () => {
    write(`${first}\n\nXyzzy`);
    const error = refusal();
    expect(error).toMatchObject({
      code: 'TACHO_BAD_OPTION',
      message: 'the key file has no key in line 3; allowed: 32 random bytes, as 64 hex digits or as base64',
    });
    expect(inspect(error, { depth: null })).not.toMatch(new RegExp(`Xyzzy|${first.slice(0, 20)}`));
  });

  it.each([
    ['empty', '', 'has no key in it'],
    ['blank', ' \n\n', 'has no key in it'],
    ['several on one line', `${first},${second}`, 'has no key in line 1'],
    ['too many', `${first}\n`.repeat(9), 'has 9 keys in it; allowed: at most 8'],
    ['too large', `${first}\n`.repeat(1000), 'is larger than 16384 bytes'],
    ['binary', '\0\xff'.repeat(16), 'has no key in line 1'],
  ])('is refused: %s', (_what, text, told) => {
    write(text);
    expect(refusal().message).toContain(`the key file ${told}`);
  });

  it('is refused where it is not there', () => {
    expect(refusal().message).toBe("the key file can't be read: ENOENT");
  });

  it('is refused where it is a folder', () => {
    mkdirSync(path);
    expect(refusal().message).toBe('the key file is no regular file');
  });

  it('is refused at once where it is a device or a pipe that nobody writes to', () => {
    symlinkSync('/dev/zero', path);
    expect(refusal().message).toBe('the key file is no regular file');
    rmSync(path);
    spawnSync('mkfifo', [path]);
    expect(refusal().message).toBe('the key file is no regular file');
  });
});
