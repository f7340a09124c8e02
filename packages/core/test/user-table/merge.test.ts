import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RequestRecord } from '../../src/record.ts';
import { UserTable } from '../../src/user-table.ts';
import { anySplit, splitAndMerge } from '../any-split.ts';
import { anyRecord } from '../anything.ts';
import { dumpOfUsers, record } from './measured-users.ts';

const anyRecords = fc.array(anyRecord, { maxLength: 100 });

function tableOfAll(records: readonly RequestRecord[]): UserTable {
  const table = new UserTable(100);
  for (const one of records) table.record(one);
  return table;
}

describe('merging while nothing is folded', () => {
  it('equals recording all, however they were split and in whatever order and grouping', () => {
    fc.assert(
      fc.property(anyRecords, anySplit, (records, split) => {
        const merged = splitAndMerge(records, split, () => new UserTable(100), record);
        expect(dumpOfUsers(merged)).toEqual(dumpOfUsers(tableOfAll(records)));
      }),
    );
  });

  it('with itself equals recording every request twice', () => {
    fc.assert(
      fc.property(anyRecords, (records) => {
        const table = tableOfAll(records);
        table.merge(table);
        expect(dumpOfUsers(table)).toEqual(dumpOfUsers(tableOfAll([...records, ...records])));
      }),
    );
  });

  it('leaves the other table as it was, and apart', () => {
    fc.assert(
      fc.property(anyRecords, anyRecords, (records, later) => {
        const other = tableOfAll(records);
        const table = new UserTable(100);
        table.merge(other);
        for (const one of [...records, ...later]) table.record(one);
        expect(dumpOfUsers(other)).toEqual(dumpOfUsers(tableOfAll(records)));
      }),
    );
  });

  it('erases the same before as after', () => {
    fc.assert(
      fc.property(anyRecords, anyRecords, (some, rest) => {
        const after = tableOfAll([...some, ...rest]);
        const [before, other] = [tableOfAll(some), tableOfAll(rest)];
        for (const table of [after, before, other]) table.erase('/a');
        before.merge(other);
        expect(dumpOfUsers(before)).toEqual(dumpOfUsers(after));
      }),
    );
  });
});
