import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HOUR_MS, MINUTE_MS } from '@tacho/core';
import { Keyring } from '@tacho/store';
import { plainRow, requestsIn } from './plain-rows.ts';
import { ALL_TIME, NOON_MS, StoreBench } from './store-bench.ts';

const FIRST = new Uint8Array(32).fill(1);
const SECOND = new Uint8Array(32).fill(2);
const ROWS = 100;

describe('another key', () => {
  let bench: StoreBench;
  beforeEach(() => {
    bench = new StoreBench();
  });
  afterEach(() => bench.close());

  function fill(keys: readonly Uint8Array[]): void {
    const rows = bench.open({ keyring: Keyring.of(keys) });
    const plain = Array.from({ length: ROWS }, (_, n) =>
      plainRow({
        startMs: NOON_MS + n * MINUTE_MS,
        sequence: n,
        requests: [{ route: `/${n}`, user: 'k1-aa' }],
      }),
    );
    rows.append(
      plain.map(({ row }) => row),
      NOON_MS,
    );
    for (let n = 0; n < 3; n++) while (rows.maintain(NOON_MS + n * HOUR_MS, 1000));
  }

  const seen = (keys: readonly Uint8Array[]) => {
    const { window, skippedRows } = bench.open({ keyring: Keyring.of(keys) }).read(ALL_TIME, NOON_MS);
    return { requests: requestsIn(window), endpoints: window.endpoints.size, skippedRows };
  };
  const ALL = { requests: ROWS, endpoints: ROWS, skippedRows: 0 };

  it.each([
    ['the first one', []],
    ['the second one', [FIRST]],
  ])('%s seals everything anew, step by step, by whichever process', (_, before) => {
    fill(before);
    let rows = bench.open({ keyring: Keyring.of([SECOND, ...before]) });
    expect(rows.figures().encryption).toBe('rotating');
    for (let n = 0; n < 40; n++) {
      if (n % 3 === 0) rows = bench.open({ keyring: Keyring.of([SECOND, ...before]) });
      rows.maintain(NOON_MS, 0);
    }
    expect(seen([SECOND, ...before])).toEqual(ALL);
    while (rows.maintain(NOON_MS, 1000));
    expect(rows.figures().encryption).toBe('on');
    expect(rows.isRenewed).toBe(true);
    expect(seen([SECOND])).toEqual(ALL);
    expect(seen([FIRST])).toMatchObject({ requests: 0 });
  });

  it('is not needed to read what was sealed before', () => {
    fill([FIRST]);
    expect(seen([SECOND, FIRST])).toEqual(ALL);
    expect(seen([SECOND])).toMatchObject({ requests: 0 });
  });

  it('leaves nothing in the clear', () => {
    fill([SECOND]);
    const columns =
      'SELECT head AS bytes FROM window UNION ALL SELECT endpoints FROM window UNION ALL SELECT name FROM endpoint';
    const stored = bench
      .open({ keyring: Keyring.of([SECOND]) })
      .file.database.prepare(columns)
      .all();
    const text = stored.map(({ bytes }) => Buffer.from(bytes as Uint8Array).toString('latin1')).join();
    expect(text).not.toContain('GET');
    expect(text).not.toContain('k1-aa');
  });
});
