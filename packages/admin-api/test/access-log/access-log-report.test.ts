import { describe, expect, it } from '@jest/globals';
import { validateAccessLog, validateAccessLogVerification } from '@tacho/api-contract';
import { type JournalEntry, type JournalKey, MemoryJournal } from '@tacho/store';
import {
  accessLogReport,
  accessLogVerificationReport,
  readAccessLogPage,
} from '../../src/access-log/access-log-report.ts';

const NOON_MS = Date.UTC(2026, 2, 11, 12);

async function journalOf(entries: readonly JournalEntry[]): Promise<MemoryJournal> {
  const journal = new MemoryJournal();
  await journal.append(entries);
  return journal;
}

function entryOf(sequence: number, text: string): JournalEntry {
  return { timestampMs: NOON_MS + (sequence >> 1), writer: 'w', sequence, text };
}

describe('the report of the access log', () => {
  it('is what its schema says, latest first, and says of what it can not read that it is there', async () => {
    const text =
      '{"v":1,"who":"ops","role":"admin","network":"10.0.0.0/24","method":"GET","operation":"/users","status":200,"count":3}';
    const journal = await journalOf([
      entryOf(0, text),
      entryOf(2, '{"v":1,"status":401,"reason":"bad_token"}'),
      entryOf(4, 'strange'),
    ]);
    const page = await readAccessLogPage(journal, { fromMs: 0, toMs: Number.POSITIVE_INFINITY, limit: 10 });
    const report = accessLogReport(page);
    const nothing = {
      who: null,
      role: null,
      network: null,
      method: null,
      operation: null,
      target: null,
      status: null,
      count: 1,
    };
    expect(report).toEqual([
      { ...nothing, timestamp: '2026-03-11T12:00:00.002000Z', reason: 'unreadable' },
      { ...nothing, timestamp: '2026-03-11T12:00:00.001000Z', status: 401, reason: 'bad_token' },
      {
        timestamp: '2026-03-11T12:00:00.000000Z',
        ...{ who: 'ops', role: 'admin', network: '10.0.0.0/24', method: 'GET', operation: '/users' },
        ...{ target: null, status: 200, reason: null, count: 3 },
      },
    ]);
    expect(validateAccessLog(report)).toEqual({ ok: true, value: report });
  });

  it('has every entry on one page, whatever is added meanwhile', async () => {
    const journal = await journalOf(Array.from({ length: 23 }, (_, sequence) => entryOf(sequence, '')));
    const range = { fromMs: 0, toMs: Number.POSITIVE_INFINITY, limit: 5 };
    const sizes: number[] = [];
    const sequences: number[] = [];
    for (
      let before: JournalKey | undefined, isFirst = true;
      isFirst || before !== undefined;
      isFirst = false
    ) {
      const page = await readAccessLogPage(journal, { ...range, before });
      sizes.push(page.entries.length);
      sequences.push(...page.entries.map(({ sequence }) => sequence));
      await journal.append([entryOf(100 + sequences.length, '')]);
      before = page.next;
    }
    expect(sizes).toEqual([5, 5, 5, 5, 3]);
    expect(sequences).toEqual(Array.from({ length: 23 }, (_, index) => 22 - index));
  });

  it('bears a time that no date has', async () => {
    const journal = await journalOf([{ ...entryOf(0, ''), timestampMs: 1e300 }]);
    const page = await readAccessLogPage(journal, { fromMs: 0, toMs: Number.POSITIVE_INFINITY, limit: 1 });
    expect(validateAccessLog(accessLogReport(page)).ok).toBe(true);
  });
});

describe('the report of a verification', () => {
  it('is what its schema says', async () => {
    const journal = await journalOf([entryOf(0, 'a'), entryOf(5, 'b')]);
    const intact = accessLogVerificationReport(await journal.verify());
    expect(intact).toMatchObject({ intact: true, entries: 2, kept_head: null, fault_count: 0, faults: [] });
    expect([intact.oldest, intact.newest]).toEqual([
      '2026-03-11T12:00:00.000000Z',
      '2026-03-11T12:00:00.002000Z',
    ]);
    expect(validateAccessLogVerification(intact)).toEqual({ ok: true, value: intact });

    const head = `7-${'a'.repeat(64)}`;
    const strange = accessLogVerificationReport(await journal.verify({ head }));
    const fault = { position: 7, kind: 'unknown head', writer: null, sequence: null };
    expect(strange).toMatchObject({ intact: false, kept_head: 'unknown', fault_count: 1, faults: [fault] });
    expect(validateAccessLogVerification(strange)).toEqual({ ok: true, value: strange });

    const empty = accessLogVerificationReport(await new MemoryJournal().verify());
    expect([empty.oldest, empty.newest, validateAccessLogVerification(empty).ok]).toEqual([null, null, true]);
  });
});
