import { readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  validateEndpoints,
  validateSlowRequests,
  validateSummary,
  validateSystemMetrics,
} from '@tacho/api-contract';
import { EXIT_CODES } from '../src/exit-codes.ts';
import { Session, type SessionOptions } from './session.ts';
import { createStore, KEY, OTHER_KEY, setUserVersion, storeIn, storeTools } from './stores.ts';
import { folderEachTest } from './temporary-folder.ts';

const folder = folderEachTest();

function session(options: SessionOptions = {}): Session {
  return new Session({ stores: storeTools, folder: folder.path, ...options });
}

/** All that is in the store's folder, to the byte. */
function contentOf(path: string): unknown {
  return readdirSync(dirname(path)).map((name) => {
    const file = `${dirname(path)}/${name}`;
    return [name, statSync(file).mtimeMs, readFileSync(file, 'hex')];
  });
}

describe('monitor --store', () => {
  it('tells of a file what its service would have answered, and leaves it as it is', async () => {
    const path = await createStore(folder.path);
    const before = contentOf(path);
    const command = session();
    expect(await command.run('monitor', '--store', '--hours', '720', '--json')).toBe(0);
    const samples = command.lines.map((line) => JSON.parse(line));
    expect(samples).toHaveLength(2);
    for (const sample of samples) {
      expect(Object.keys(sample)).toEqual([
        'timestamp',
        'summary',
        'system_metrics',
        'endpoints',
        'slow_requests',
      ]);
      expect(sample.endpoints).toMatchObject({ 'GET /secret-route/0': { count: 3, avg_time: 0.005 } });
      expect(validateSummary(sample.summary).ok).toBe(true);
      expect(validateEndpoints(sample.endpoints).ok).toBe(true);
      expect(validateSlowRequests(sample.slow_requests).ok).toBe(true);
      expect(sample.system_metrics === null || validateSystemMetrics([sample.system_metrics]).ok).toBe(true);
    }
    expect(contentOf(path)).toEqual(before);
  });

  it('looks back 24 hours unless it is told otherwise, and at the file that TACHO_STORE names', async () => {
    const path = await createStore(folder.path);
    const elsewhere = `${folder.path}/elsewhere.db`;
    renameSync(path, elsewhere);
    const requests = async (...argv: string[]): Promise<string | undefined> => {
      const command = session({ variables: { TACHO_STORE: 'elsewhere.db' } });
      expect(await command.run('monitor', '--store', ...argv)).toBe(0);
      return command.stdout.match(/requests=(\d+)/)?.[1];
    };
    expect(await requests()).toBe('0');
    expect(await requests('--hours', '720')).toBe('3');
  });

  it('shows the same table in a terminal', async () => {
    await createStore(folder.path);
    const command = session({ terminal: { columns: 100, rows: 24 } });
    expect(await command.run('monitor', '--store', '--hours', '200', '--duration', '1')).toBe(0);
    expect(command.stdout).toContain('GET /secret-route/0');
    expect(command.stdout).toContain('last 200 hours');
    expect(command.stdout).toContain(`tacho ${storeIn(folder.path)}`);
  });

  it('goes on trying while the file is away', async () => {
    const path = await createStore(folder.path);
    const command = session();
    command.clock.at(500, () => renameSync(path, `${path}.aside`));
    command.clock.at(1500, () => renameSync(`${path}.aside`, path));
    const argv = ['--interval', '1', '--duration', '2', '--hours', '720'];
    expect(await command.run('monitor', '--store', ...argv)).toBe(1);
    expect(command.lines.map((line) => line.includes('requests=3'))).toEqual([true, false, true]);
    expect(command.stderr).toMatch(/^tacho: 1 of 3 samples missed: .*there is no such file/);
  });

  it('saves where it is from', async () => {
    await createStore(folder.path);
    expect(await session().run('monitor', '--store', '--save', '--duration', '1')).toBe(0);
    const name = readdirSync(folder.path).find((each) => each.startsWith('tacho-metrics-')) ?? '';
    const saved = JSON.parse(readFileSync(`${folder.path}/${name}`, 'utf8'));
    expect(saved.settings).toMatchObject({ store: storeIn(folder.path), hours: 24 });
  });

  it('says by its exit code what is wrong with the file', async () => {
    expect(await session().run('monitor', '--store')).toBe(EXIT_CODES.missing);
    expect(readdirSync(folder.path)).toEqual([]);
    const path = await createStore(folder.path, { key: KEY });
    expect(await session().run('monitor', '--store')).toBe(EXIT_CODES.encrypted);
    const keyed = (key: string) => session({ variables: { TACHO_ENCRYPTION_KEY: key } });
    expect(await keyed(OTHER_KEY).run('monitor', '--store')).toBe(EXIT_CODES.wrongKey);
    expect(await keyed(KEY).run('monitor', '--store', '--duration', '1')).toBe(EXIT_CODES.ok);
    setUserVersion(path, 99);
    expect(await keyed(KEY).run('monitor', '--store')).toBe(EXIT_CODES.newer);
  });

  it.each([
    [['--hours', '3'], '--hours is for --store'],
    [['--store', '--url', 'http://localhost:1'], '--store reads a file'],
    [['--store', '--token-file', '-'], '--store reads a file'],
    [['--store', '--hours', '0'], 'expected whole hours from 1 to 720'],
    [['--store', ''], '--store "": expected a file'],
  ])('%j is a misuse', async (argv, told) => {
    const command = session();
    expect(await command.run('monitor', ...argv)).toBe(EXIT_CODES.usage);
    expect(command.stderr).toContain(told);
  });
});
