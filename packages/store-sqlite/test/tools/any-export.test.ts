import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@tacho/core';
import fc from 'fast-check';
import { exportStore } from '../../src/tools/export.ts';
import { importStore } from '../../src/tools/import.ts';
import { dumpOfCounts, dumpOfUsers } from '../rows/dump.ts';
import { plainRow } from '../rows/plain-rows.ts';
import { ALL_TIME, NOON_MS, StoreBench } from '../rows/store-bench.ts';
import { dayOf, dropMinutes } from './stores.ts';
import { toolRun } from './tool-run.ts';

const anyRow = fc.record({
  writer: fc.constantFrom('a', 'b'),
  lateMs: fc.oneof(fc.constant(0), fc.nat(3 * DAY_MS)),
  minutes: fc.oneof(
    { weight: 8, arbitrary: fc.constant(1) },
    { weight: 1, arbitrary: fc.integer({ min: 2, max: 3000 }) },
  ),
  requests: fc.array(
    fc.record({
      route: fc.constantFrom('/', '/a', '/\u0000'),
      durationMs: fc.constantFrom(1, 600, 2500),
      user: fc.constantFrom(undefined, 'k1-aa', 'k1-bb'),
    }),
    { maxLength: 3 },
  ),
});

const anyStretch = fc.record({
  rows: fc.array(anyRow, { maxLength: 6 }),
  passedMs: fc.oneof(
    fc.integer({ min: 1, max: 20 }).map((n) => n * MINUTE_MS),
    fc.nat(9 * HOUR_MS),
  ),
  maintains: fc.nat(6),
  dropsMinutes: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
});

it('any history answers as it did where it is imported, and after it was imported again', () => {
  fc.assert(
    fc.property(fc.array(anyStretch, { minLength: 1, maxLength: 30 }), (stretches) => {
      const [source, target] = [new StoreBench(), new StoreBench()];
      const folder = mkdtempSync(join(tmpdir(), 'tacho-export-'));
      try {
        const ours = source.open();
        const theirs = target.open();
        ours.file.database.exec('PRAGMA synchronous = OFF');
        theirs.file.database.exec('PRAGMA synchronous = OFF');
        let nowMs = NOON_MS;
        let sequence = 0;
        for (const { rows, passedMs, maintains, dropsMinutes } of stretches) {
          for (const { lateMs, ...content } of rows) {
            ours.append([plainRow({ ...content, startMs: nowMs - lateMs, sequence: sequence++ }).row], nowMs);
          }
          nowMs += passedMs;
          for (let n = 0; n < maintains; n++) ours.maintain(nowMs, 1000);
          if (dropsMinutes) dropMinutes(ours, dayOf(nowMs - DAY_MS));
        }
        const path = join(folder, 'export.json');
        const { windows } = exportStore({ file: source.path, to: path }, toolRun());
        const argumentsOf = { from: path, file: target.path };
        expect(importStore(argumentsOf, toolRun())).toEqual({ windows, known: 0, partlyKnown: 0 });
        expect(importStore(argumentsOf, toolRun())).toEqual({ windows, known: windows, partlyKnown: 0 });
        const last = { fromMs: nowMs - 3 * HOUR_MS, toMs: nowMs };
        for (const range of [ALL_TIME, last, { fromMs: nowMs - 2 * DAY_MS, toMs: nowMs - 4 * HOUR_MS }]) {
          const [answer, expected] = [theirs, ours].map((store) => {
            const { window, ...coverage } = store.read(range, nowMs);
            const slow = window.slowRequests.list();
            return { ...coverage, slow, counts: dumpOfCounts(window), users: dumpOfUsers(window) };
          });
          expect(answer).toEqual(expected);
        }
      } finally {
        source.close();
        target.close();
        rmSync(folder, { recursive: true });
      }
    }),
    { numRuns: 25 },
  );
});
