import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HOUR_MS, MINUTE_MS } from '@tacho/core';
import { Keyring } from '@tacho/store';
import { plainRow, requestsIn } from './plain-rows.ts';
import { ALL_TIME, NOON_MS, StoreBench } from './store-bench.ts';

const ROWS = 60;
const COLUMNS = ['head', 'endpoints', 'users', 'checksum'];

describe.each([
  ['without a key', []],
  ['with a key', [new Uint8Array(32).fill(7)]],
])('damage %s', (_, keys) => {
  let bench: StoreBench;
  let rows: ReturnType<StoreBench['open']>;

  beforeEach(() => {
    bench = new StoreBench();
    rows = bench.open({ keyring: Keyring.of(keys) });
    const plain = Array.from({ length: ROWS }, (_, n) =>
      plainRow({ startMs: NOON_MS + n * MINUTE_MS, sequence: n, requests: [{ user: 'k1-aa' }] }),
    );
    rows.append(
      plain.map(({ row }) => row),
      NOON_MS,
    );
  });
  afterEach(() => bench.close());

  const database = () => rows.file.database;
  const process = () => bench.open({ keyring: Keyring.of(keys) });
  const readAll = () => {
    const { window, skippedRows } = process().read(ALL_TIME, NOON_MS);
    return [requestsIn(window), skippedRows];
  };

  it.each(COLUMNS)('of any bit in %s is found, and costs that row alone', (column) => {
    let flips = 0;
    for (const { id, bytes } of database().prepare(`SELECT id, ${column} AS bytes FROM window`).all()) {
      const flipped = Uint8Array.from(bytes as Uint8Array);
      const bit = (Number(id) * 7919) % (8 * flipped.length);
      flipped[bit >> 3] = flipped[bit >> 3]! ^ (1 << (bit & 7));
      database().prepare(`UPDATE window SET ${column} = ? WHERE id = ?`).run(flipped, Number(id));
      flips++;
      // The users of a range of minutes are those of its hours, so their rows are read on their own.
      const counted = column === 'users' ? ROWS : ROWS - flips;
      if (flips % 20 === 0) expect(readAll()).toEqual([counted, flips]);
    }
  });

  it.each([
    ['level', 1],
    ['level', 9],
    ['level', -1],
    ['minute', -60_000],
    ['minute', '9223372036854775807'],
    ['overrun', '9223372036854775807'],
    ['stored', '9223372036854775807'],
    ['sequence', '-9223372036854775808'],
    ['rolled', 1],
    ['minute', NOON_MS + 2 * HOUR_MS],
    ['writer', "'x'"],
    ['sequence', 99],
    ['overrun', 60_000],
    ['stored', 1],
    ['schema', 2],
    ['users', 'NULL'],
    ['head', "x''"],
    ['endpoints', "x'00'"],
    ['checksum', "x'00000000'"],
  ])('of %s is found', (column, value) => {
    database().exec(`UPDATE window SET ${column} = ${value} WHERE id = 7`);
    while (rows.maintain(NOON_MS, 1000));
    expect(rows.erase(['k1-zz'])).toBe(0);
    rows.figures();
    expect(readAll()).toEqual([ROWS - 1, 1]);
    const { steps, skippedRows } = process().series({ ...ALL_TIME, stepMs: MINUTE_MS }, NOON_MS);
    const isSeen = column === 'endpoints';
    expect([steps.length, skippedRows]).toEqual(isSeen ? [ROWS, 0] : [ROWS - 1, 1]);
  });

  it('is left behind by rolling up, and never tried again', () => {
    database().exec("UPDATE window SET endpoints = x'00' WHERE id % 10 = 0");
    for (let n = 0; n < 8; n++) while (rows.maintain(NOON_MS + n * HOUR_MS, 1000));
    expect(readAll()).toEqual([ROWS - 6, 6]);
    expect(database().prepare('SELECT count(*) AS n FROM window WHERE level = 0').get()?.n).toBe(6);
  });

  it('of the name of an endpoint counts its requests as overflow', () => {
    database().exec("UPDATE endpoint SET name = x'0000'");
    const { window, skippedRows } = process().read(ALL_TIME, NOON_MS);
    expect(skippedRows).toBe(1);
    expect([...window.endpoints.entries()].map(({ route, stats }) => [route, stats.total])).toEqual([
      ['{overflow}', ROWS],
    ]);
  });

  it('of what is kept about rows costs none of them', () => {
    database().exec("UPDATE meta SET value = x'0102'");
    expect(readAll()).toEqual([ROWS, 0]);
    const other = process();
    other.append([plainRow({ startMs: NOON_MS, writer: 'x' }).row], NOON_MS);
    while (other.maintain(NOON_MS, 1000));
    expect(readAll()).toEqual([ROWS + 1, 0]);
  });
});
