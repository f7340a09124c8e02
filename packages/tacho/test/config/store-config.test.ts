import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { checkOptions } from '../../src/config/check-options.ts';
import { type Config, resolveConfig } from '../../src/config/config.ts';
import { conflicts } from '../../src/config/conflicts.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import type { EnvironmentVariables } from '../../src/config/variables.ts';

const DAY_MS = 86_400_000;
const MEMORY = { kind: 'memory' };
const KEYS = [1, 2, 3].map((byte) => new Uint8Array(32).fill(byte));
const [FIRST = '', SECOND = '', THIRD = ''] = KEYS.map((key) => Buffer.from(key).toString('base64'));

function configOf(options?: object, variables: EnvironmentVariables = {}): Config {
  return resolveConfig(checkOptions(options), readEnvironment(variables));
}

describe('the store', () => {
  it('is a file, by its absolute path from the working directory at that time', () => {
    expect(configOf().store).toEqual({ kind: 'file', path: resolve('.tacho', 'tacho.db') });
    expect(configOf({ store: 'data/x' }).store).toEqual({ kind: 'file', path: resolve('data', 'x') });
    expect(configOf({}, { TACHO_STORE: '/tmp/x.db' }).store).toEqual({
      kind: 'file',
      path: resolve('/tmp/x.db'),
    });
  });

  it('is in memory by option or variable, the option first', () => {
    expect(configOf({ store: 'memory' }, { TACHO_STORE: 'x.db' }).store).toEqual(MEMORY);
    expect(configOf({}, { TACHO_STORE: 'memory' }).store).toEqual(MEMORY);
    expect(configOf({ store: 'x.db' }, { TACHO_STORE: 'memory' }).store).toMatchObject({ kind: 'file' });
  });

  it('may grow to what is given, or else to what suits its kind', () => {
    expect(configOf({ store: 'memory' }).maxStoreBytes).toBe(2 ** 24);
    expect(configOf().maxStoreBytes).toBe(2 ** 31);
    expect(configOf({ store: 'memory', maxStoreBytes: 2 ** 30 }).maxStoreBytes).toBe(2 ** 30);
    expect(configOf({}, { TACHO_MAX_STORE_BYTES: '20000000' }).maxStoreBytes).toBe(20_000_000);
    expect(configOf({ maxStoreBytes: 2 ** 30 }, { TACHO_MAX_STORE_BYTES: '20000000' }).maxStoreBytes).toBe(
      2 ** 30,
    );
  });

  it('keeps each level as long as is said, or else thirty days', () => {
    const variables = { TACHO_RETENTION_DAYS: '90' };
    expect(configOf({ retentionDays: 7 }, variables).retentionDays).toEqual({
      minutes: 7,
      hours: 7,
      days: 7,
    });
    expect(configOf({}, variables).retentionDays).toEqual({ minutes: 90, hours: 90, days: 90 });
    expect(configOf({ retentionDays: { minutes: 7, days: 365 } }, variables).retentionDays).toEqual({
      minutes: 7,
      hours: 30,
      days: 365,
    });
  });
});

describe('encryption', () => {
  it('has the keys of the option, or else of the environment, in their order', () => {
    const variables = { TACHO_ENCRYPTION_KEY: ` ${THIRD} , ${SECOND}` };
    expect(configOf({}, variables).encryption).toEqual({ keys: [KEYS[2], KEYS[1]], refused: false });
    expect(configOf({ encryptionKey: FIRST }, variables).encryption.keys).toEqual([KEYS[0]]);
    expect(configOf({ encryptionKey: [SECOND, FIRST] }).encryption.keys).toEqual([KEYS[1], KEYS[0]]);
  });

  it('that is refused writes nothing in the clear: the store is in memory', () => {
    const variables = { TACHO_ENCRYPTION_KEY: 'a slip', TACHO_STORE: 'x.db' };
    const config = configOf({ backup: { every: '1d' } }, variables);
    expect(config).toMatchObject({
      store: MEMORY,
      encryption: { keys: [], refused: true },
      maxStoreBytes: 2 ** 24,
      backup: undefined,
    });
    expect(configOf({ encryptionKey: FIRST }, variables)).toMatchObject({
      store: { kind: 'file' },
      encryption: { keys: [KEYS[0]], refused: false },
    });
  });
});

describe('backups', () => {
  it('are beside the store’s file, a week of them, unless said otherwise', () => {
    expect(configOf({ store: '/data/x.db', backup: { every: '1d' } }).backup).toEqual({
      everyMs: DAY_MS,
      keep: 7,
      dir: resolve('/data/backups'),
    });
    expect(configOf({ backup: { every: '90m', keep: 1, dir: 'b' } }).backup).toEqual({
      everyMs: DAY_MS / 16,
      keep: 1,
      dir: resolve('b'),
    });
    expect(configOf({ backup: { every: '6h' } }).backup).toMatchObject({
      everyMs: DAY_MS / 4,
      dir: resolve(join('.tacho', 'backups')),
    });
    expect(configOf({ backup: false }).backup).toBeUndefined();
  });

  it('are left out, and told, where the environment has the store in memory', () => {
    const settings = readEnvironment({ TACHO_STORE: 'memory' });
    const backup = { every: '1d' };
    expect(resolveConfig({ backup }, settings).backup).toBeUndefined();
    expect(conflicts({ backup }, settings)).toEqual([
      'option "backup" is left out: TACHO_STORE is "memory", which leaves no file to copy',
    ]);
    expect(conflicts({ backup, store: 'x.db' }, settings)).toEqual([]);
    expect(conflicts({ backup: false }, settings)).toEqual([]);
    expect(conflicts({ backup }, readEnvironment({}))).toEqual([]);
  });
});

it('all of it is frozen', () => {
  const config = configOf({ encryptionKey: [FIRST], backup: { every: '1d' } });
  const parts = [
    config.store,
    config.retentionDays,
    config.encryption,
    config.encryption.keys,
    config.backup,
  ];
  expect(parts.filter((part) => !Object.isFrozen(part))).toEqual([]);
});
