import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS } from '@tacho/core';
import { Keyring } from '@tacho/store';
import { Dictionary } from '../../src/rows/dictionary.ts';
import { Meta } from '../../src/rows/meta.ts';
import { plainRow, requestsIn } from './plain-rows.ts';
import { ALL_TIME, NOON_MS, StoreBench } from './store-bench.ts';

describe('names', () => {
  let bench: StoreBench;
  beforeEach(() => {
    bench = new StoreBench();
  });
  afterEach(() => bench.close());

  it('are the same to all processes, whoever met an endpoint first', () => {
    const [a, b] = [bench.open(), bench.open()];
    a.append([plainRow({ startMs: NOON_MS, requests: [{ route: '/a' }] }).row], NOON_MS);
    b.append(
      [plainRow({ startMs: NOON_MS, sequence: 1, requests: [{ route: '/a' }, { route: '/b' }] }).row],
      NOON_MS,
    );
    for (const process of [a, b]) {
      const { window } = process.read(ALL_TIME, NOON_MS);
      expect([...window.endpoints.entries()].map(({ route, stats }) => [route, stats.total]).sort()).toEqual([
        ['/a', 2],
        ['/b', 1],
      ]);
    }
    expect(a.file.database.prepare('SELECT count(*) AS n FROM endpoint').get()?.n).toBe(2);
  });

  it('that nothing names any more are removed, and their ids never name another', () => {
    const retentionMs = { minute: DAY_MS, hour: DAY_MS, day: DAY_MS };
    const [a, b] = [bench.open({ retentionMs }), bench.open({ retentionMs })];
    let nowMs = NOON_MS;
    const append = (process: typeof a, route: string, sequence: number): void =>
      void process.append([plainRow({ startMs: nowMs, sequence, requests: [{ route }] }).row], nowMs);
    append(a, '/old', 0);
    append(a, '/kept', 1);
    b.read(ALL_TIME, nowMs);
    for (let n = 2; n < 2 + 12 * 24; n++) {
      nowMs += HOUR_MS;
      append(a, '/kept', n);
      while (a.maintain(nowMs, 1000));
    }
    const count = () => a.file.database.prepare('SELECT count(*) AS n FROM endpoint').get()?.n;
    expect(count()).toBe(1);
    append(b, '/old', 1000);
    append(b, '/new', 1001);
    expect(count()).toBe(3);
    const routes = [...a.read(ALL_TIME, nowMs).window.endpoints.entries()].map(({ route }) => route);
    expect(routes.sort()).toEqual(['/kept', '/new', '/old']);
  });

  it('that there is no room for are counted as overflow', () => {
    const { database } = bench.open().file;
    const keyring = Keyring.of([]);
    const dictionary = new Dictionary(database, keyring, new Meta(database, keyring), 3);
    const idOf = dictionary.at(0);
    const routes = ['/a', '/b', '/c', '/d', '/e'];
    const { window } = plainRow({ startMs: NOON_MS, requests: routes.map((route) => ({ route })) });
    const fitted = dictionary.fit(window);
    for (const { method, route } of fitted.endpoints.entries())
      if (route !== '{overflow}') idOf.idOf(method, route);
    expect(fitted.endpoints.size).toBe(3);
    expect(requestsIn(fitted)).toBe(5);
    expect(dictionary.fit(fitted)).toBe(fitted);
  });

  it('are as they were before an append that failed', () => {
    const rows = bench.open();
    const { database } = rows.file;
    database.exec("CREATE TEMP TRIGGER no_row BEFORE INSERT ON window BEGIN SELECT RAISE(FAIL, 'full'); END");
    const row = (route: string) => plainRow({ startMs: NOON_MS, requests: [{ route }] }).row;
    expect(() => rows.append([row('/a')], NOON_MS)).toThrow('full');
    database.exec('DROP TRIGGER no_row');
    bench.open().append([row('/b')], NOON_MS);
    rows.append([{ ...row('/a'), sequence: 1 }], NOON_MS);
    const { window } = rows.read(ALL_TIME, NOON_MS);
    expect([...window.endpoints.entries()].map(({ route }) => route).sort()).toEqual(['/a', '/b']);
  });
});
