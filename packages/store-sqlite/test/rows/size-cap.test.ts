import { statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@tacho/core';
import { plainRow, requestsIn } from './plain-rows.ts';
import { ALL_TIME, NOON_MS, StoreBench } from './store-bench.ts';

const ROUTES = Array.from({ length: 40 }, (_, n) => ({ route: `/${n}`, durationMs: 1 + n * 40 }));

describe('past the cap', () => {
  let bench: StoreBench;
  beforeEach(() => {
    bench = new StoreBench();
  });
  afterEach(() => bench.close());

  it('detail goes and counts stay, until only days are left', () => {
    const maxBytes = 1_000_000;
    const rows = bench.open({ maxBytes });
    let nowMs = NOON_MS;
    let requests = 0;
    const stepMs = 10 * MINUTE_MS;
    for (let sequence = 0; nowMs < NOON_MS + 4 * DAY_MS; nowMs += stepMs, sequence++) {
      rows.append([plainRow({ startMs: nowMs, sequence, requests: ROUTES }).row], nowMs);
      requests += ROUTES.length;
      while (rows.maintain(nowMs, 1000));
      if (sequence % 100 === 0) expect(requestsIn(rows.read(ALL_TIME, nowMs).window)).toBe(requests);
    }
    expect(requestsIn(rows.read(ALL_TIME, nowMs).window)).toBe(requests);
    expect(statSync(bench.path).size).toBeLessThan(1.05 * maxBytes);
    expect(rows.figures().overCap).toBe(false);
    const lastHour = rows.read({ fromMs: nowMs - HOUR_MS, toMs: nowMs }, nowMs);
    expect(requestsIn(lastHour.window)).toBeGreaterThanOrEqual(6 * ROUTES.length);
  });

  it('what is not rolled up stays, and the store says that it is over', () => {
    const rows = bench.open({ maxBytes: 10_000 });
    const plain = Array.from({ length: 30 }, (_, sequence) =>
      plainRow({ startMs: NOON_MS + sequence * MINUTE_MS, sequence, requests: ROUTES }),
    );
    rows.append(
      plain.map(({ row }) => row),
      NOON_MS,
    );
    while (rows.maintain(NOON_MS, 1000));
    expect(rows.figures().overCap).toBe(true);
    expect(requestsIn(rows.read(ALL_TIME, NOON_MS).window)).toBe(30 * ROUTES.length);
  });
});
