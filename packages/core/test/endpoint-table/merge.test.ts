import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EndpointTable } from '../../src/endpoint-table.ts';
import type { RequestRecord } from '../../src/record.ts';
import { anySplit, splitAndMerge } from '../any-split.ts';
import { anyRecord } from '../anything.ts';
import { dumpOfTable } from '../dump.ts';

const anyRecords = fc.array(anyRecord, { maxLength: 100 });

describe('merging below the cap', () => {
  it('equals recording all, however they were split and in whatever order and grouping', () => {
    fc.assert(
      fc.property(anyRecords, anySplit, (records, split) => {
        const merged = splitAndMerge(records, split, () => new EndpointTable(1000), record);
        expect(dumpOfTable(merged)).toEqual(dumpOfTable(tableOf(records)));
      }),
      { numRuns: 300 },
    );
  });

  it('with itself equals recording every request twice', () => {
    fc.assert(
      fc.property(anyRecords, (records) => {
        const table = tableOf(records);
        table.merge(table);
        expect(dumpOfTable(table)).toEqual(dumpOfTable(tableOf([...records, ...records])));
      }),
    );
  });

  it('leaves the other table as it was, and apart', () => {
    fc.assert(
      fc.property(anyRecords, anyRecords, (records, later) => {
        const other = tableOf(records);
        const table = new EndpointTable(1000);
        table.merge(other);
        for (const one of [...records, ...later]) table.record(one);
        expect(dumpOfTable(other)).toEqual(dumpOfTable(tableOf(records)));
      }),
    );
  });
});

function record(table: EndpointTable, request: RequestRecord): void {
  table.record(request);
}

function tableOf(records: readonly RequestRecord[]): EndpointTable {
  const table = new EndpointTable(1000);
  for (const one of records) table.record(one);
  return table;
}
