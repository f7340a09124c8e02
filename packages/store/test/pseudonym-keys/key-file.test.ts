import { chmodSync, lstatSync, mkdirSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KeyFolder, NAME, NOW_MS } from './key-folder.ts';

let folder: KeyFolder;
beforeEach(() => {
  folder = new KeyFolder();
});
afterEach(() => folder.remove());

const PSEUDONYM = /^k1-[0-9a-f]{32}$/;
const MINUTE_LATER_MS = NOW_MS + 60_000;

describe('the key file', () => {
  it('is created for its owner alone, with one random key, and nothing else is left', () => {
    folder.open();
    expect(folder.names()).toEqual(['tacho.db.key']);
    expect(folder.mode()).toBe('600');
    expect(folder.json().keys).toEqual([
      { id: 'k1', created: '2025-07-19T01:42:25.123Z', key: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
    expect(folder.warnings).toEqual([]);
  });

  it('gives the next process the same pseudonyms, and is not written by it', () => {
    const pseudonym = folder.open().pseudonymOf(NAME);
    const text = folder.text();
    expect(pseudonym).toMatch(PSEUDONYM);
    expect(folder.open().pseudonymOf(NAME)).toBe(pseudonym);
    expect(folder.text()).toBe(text);
  });

  it('is another one for each store', () => {
    const other = new KeyFolder();
    expect(other.open().pseudonymOf(NAME)).not.toBe(folder.open().pseudonymOf(NAME));
    other.remove();
  });

  it.each([0o640, 0o604, 0o666, 0o777])(
    'is taken from others where its mode is 0%o, with a warning',
    (mode) => {
      const pseudonym = folder.open().pseudonymOf(NAME);
      chmodSync(folder.file, mode);
      expect(folder.open().pseudonymOf(NAME)).toBe(pseudonym);
      expect(folder.mode()).toBe('600');
      expect(folder.warnings).toEqual([expect.stringContaining('until now')]);
    },
  );

  it('is nowhere in what the keys show of themselves', () => {
    const keys = folder.open();
    const [{ key } = { key: '' }] = folder.json().keys;
    expect(inspect(keys, { depth: 10, showHidden: true })).not.toContain(key.slice(0, 8));
    expect(JSON.stringify(keys)).toBe('{}');
  });
});

describe('what is no key file', () => {
  const cases: [name: string, damage: (text: string) => string | Buffer][] = [
    ['empty', () => ''],
    ['half a file', (text) => text.slice(0, text.length / 2)],
    ['without its end', (text) => text.slice(0, -3)],
    ['of zeros', (text) => Buffer.alloc(text.length)],
    ['an SQLite file', () => 'SQLite format 3\0and more'],
    ['JSON of something else', () => '{"version":1,"keys":[]}'],
    ['a number', () => '1'],
    ['without keys', (text) => text.replace(/"keys": \[[^\]]*\]/, '"keys": []')],
    ['with a key that is too short', (text) => text.replace(/"key": "../, '"key": "')],
    ['with a key that is none', (text) => text.replace(/"key": ".*"/, '"key": null')],
    ['with a time that is none', (text) => text.replace(/"created": ".*"/, '"created": "then"')],
    ['with an id that is none', (text) => text.replace('"k1"', '"K 1"')],
    ['with hours that are none', (text) => text.replace('"hours": 0', '"hours": -1')],
    ['with two keys in use', (text) => text.replace(/(\{\s*"id": )"k1"([^}]*\})/, '$1"k0"$2, $1"k1"$2')],
  ];

  it.each(cases)('%s: is moved aside whole, with a warning that shows nothing of it', (_name, damage) => {
    folder.open();
    const [{ key } = { key: '' }] = folder.json().keys;
    const damaged = damage(folder.text());
    writeFileSync(folder.file, damaged);
    const pseudonym = folder.open().pseudonymOf(NAME);
    expect(folder.names()).toEqual(['tacho.db.key', 'tacho.db.key.corrupt-20250719T014225Z']);
    expect(lstatSync(`${folder.file}.corrupt-20250719T014225Z`).size).toBe(Buffer.byteLength(damaged));
    expect(folder.warnings).toEqual([expect.stringContaining('was damaged')]);
    expect(folder.warnings[0]).not.toContain(key.slice(0, 6));
    expect(folder.open().pseudonymOf(NAME)).toBe(pseudonym);
    expect(folder.mode()).toBe('600');
  });

  it('gives no id again that was in it', () => {
    folder.open();
    writeFileSync(folder.file, folder.text().replace('"k1"', '"k7"').slice(0, -3));
    expect(folder.open().pseudonymOf(NAME)).toMatch(/^k8-/);
  });

  it('is put right from memory where it is damaged while the keys are in use', async () => {
    const keys = folder.open();
    const pseudonym = keys.pseudonymOf(NAME);
    const text = folder.text();
    writeFileSync(folder.file, 'rubbish');
    await keys.refresh(MINUTE_LATER_MS);
    expect(keys.pseudonymOf(NAME)).toBe(pseudonym);
    expect(folder.text()).toBe(text);
    expect(folder.warnings).toEqual([expect.stringMatching(/damaged.*written anew/)]);
  });
});

describe('what must not be touched', () => {
  const inUseMeanwhile =
    /can't be used \(.+\); until it can, users get pseudonyms under a key of this process alone/;

  it('a file of a later version', () => {
    folder.open();
    const later = folder.text().replace('"version": 1', '"version": 2');
    writeFileSync(folder.file, later);
    expect(folder.open().pseudonymOf(NAME)).toMatch(/^m[0-9a-f]{8}-[0-9a-f]{32}$/);
    expect(folder.text()).toBe(later);
    expect(folder.warnings).toEqual([expect.stringContaining('later version')]);
  });

  it('what a symbolic link leads to', () => {
    const target = join(folder.path, 'elsewhere');
    writeFileSync(target, 'text', { mode: 0o644 });
    symlinkSync(target, folder.file);
    expect(folder.open().pseudonymOf(NAME)).toMatch(/^m/);
    expect(lstatSync(folder.file).isSymbolicLink()).toBe(true);
    expect(lstatSync(target).mode & 0o777).toBe(0o644);
    expect(folder.warnings).toEqual([expect.stringMatching(inUseMeanwhile)]);
  });

  it('a folder', () => {
    mkdirSync(folder.file);
    expect(folder.open().pseudonymOf(NAME)).toMatch(/^m/);
    expect(folder.names()).toEqual(['tacho.db.key']);
    expect(folder.warnings).toEqual([expect.stringMatching(inUseMeanwhile)]);
  });

  it('a file far too large', () => {
    writeFileSync(folder.file, Buffer.alloc(2 * 1024 * 1024, ' '), { mode: 0o600 });
    expect(folder.open().pseudonymOf(NAME)).toMatch(/^m/);
    expect(folder.warnings).toEqual([expect.stringMatching(inUseMeanwhile)]);
  });
});

describe('while the file cannot be used', () => {
  it('there is one warning, and its keys go into the file once it can', async () => {
    mkdirSync(folder.file);
    const keys = folder.open();
    const meanwhile = keys.pseudonymOf(NAME);
    await keys.refresh(MINUTE_LATER_MS);
    await keys.refresh(MINUTE_LATER_MS + 60_000);
    expect(keys.pseudonymOf(NAME)).toBe(meanwhile);
    expect(folder.warnings).toHaveLength(1);

    folder.remove();
    mkdirSync(folder.path);
    await keys.refresh(MINUTE_LATER_MS + 120_000);
    expect(keys.pseudonymOf(NAME)).toMatch(PSEUDONYM);
    expect(keys.pseudonymsOf(NAME)).toEqual([meanwhile, keys.pseudonymOf(NAME)]);
    expect(folder.open().pseudonymsOf(NAME)).toEqual(keys.pseudonymsOf(NAME));
    expect(folder.json().keys).toHaveLength(2);
  });

  it('the same holds where its folder is missing', async () => {
    folder.remove();
    const keys = folder.open();
    expect(keys.pseudonymOf(NAME)).toMatch(/^m/);
    expect(folder.warnings).toEqual([expect.stringContaining('ENOENT')]);
    mkdirSync(folder.path);
    await keys.refresh(MINUTE_LATER_MS);
    expect(keys.pseudonymOf(NAME)).toMatch(PSEUDONYM);
  });
});

describe('a key file that is deleted', () => {
  it('takes every pseudonym with it, and the next has an id of its own', async () => {
    const keys = folder.open();
    const before = keys.pseudonymOf(NAME);
    unlinkSync(folder.file);
    await keys.refresh(MINUTE_LATER_MS);
    expect(keys.pseudonymsOf(NAME)).toEqual([keys.pseudonymOf(NAME)]);
    expect(keys.pseudonymOf(NAME)).toMatch(/^k2-/);
    expect(keys.pseudonymOf(NAME).slice(3)).not.toBe(before.slice(3));
    expect(folder.warnings).toEqual([expect.stringContaining('was gone')]);
  });
});
