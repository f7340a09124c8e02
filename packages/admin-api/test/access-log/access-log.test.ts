import { beforeEach, describe, expect, it } from '@jest/globals';
import { MINUTE_MS, SECOND_MS } from '@tacho/core';
import { ManualClock } from '@tacho/core/manual-clock';
import { type JournalEntry, MemoryJournal } from '@tacho/store';
import * as fc from 'fast-check';
import type { Access, CountedAccess } from '../../src/access-log/access.ts';
import { AccessLog, type AccessLogOptions } from '../../src/access-log/access-log.ts';
import { accessOf } from '../../src/access-log/access-text.ts';

/** The beginning of a minute. */
const NOON_MS = Date.UTC(2026, 2, 11, 12);
const ALL_TIME = [0, Number.POSITIVE_INFINITY, 1_000_000] as const;

/** Refuses what it is given while it is broken; half of it, it has taken all the same. */
class BrittleJournal extends MemoryJournal {
  isBroken = false;

  override async append(entries: readonly JournalEntry[]): Promise<void> {
    await super.append(this.isBroken ? entries.slice(0, entries.length / 2) : entries);
    if (this.isBroken) throw new Error('not now');
  }
}

let clock: ManualClock;
let journal: BrittleJournal;
beforeEach(() => {
  clock = new ManualClock(NOON_MS);
  journal = new BrittleJournal({ maxBytes: 1e9 });
});

function logOf(options: Partial<AccessLogOptions> = {}): AccessLog {
  return new AccessLog({ journal, clock, writer: 'w', ...options });
}

function accessTo(operation: string, access: Partial<Access> = {}): Access {
  const known = {
    who: 'dashboard',
    role: 'viewer',
    network: '10.0.0.0/24',
    method: 'GET',
    target: '',
    status: 200,
  } as const;
  return { timestampMs: clock.now(), ...known, operation, reason: undefined, ...access };
}

async function recorded(): Promise<CountedAccess[]> {
  const entries = await journal.read(...ALL_TIME);
  return entries.map((entry) => accessOf(entry)!).reverse();
}

const total = (accesses: readonly CountedAccess[]): number =>
  accesses.reduce((sum, { count }) => sum + count, 0);

describe('the access log', () => {
  it('has an access within a second or so, with all that is known of it', async () => {
    const log = logOf();
    const access = accessTo('/users', { status: 403, reason: 'wrong_role' });
    log.record(access);
    expect(await recorded()).toEqual([]);
    await clock.advanceWaiting(SECOND_MS);
    expect(await recorded()).toEqual([{ ...access, count: 1 }]);
    await log.close();
  });

  it('makes two entries a minute of what comes each second, and of a flood', async () => {
    const log = logOf();
    for (let second = 0; second < 120; second++) {
      log.record(accessTo('/summary'));
      for (let request = 0; request < 50; request++)
        log.record(accessTo('', { who: '', role: undefined, status: 401, reason: 'bad_token' }));
      await clock.advanceWaiting(SECOND_MS);
    }
    await log.close();
    const counts = (operation: string) =>
      recorded().then((all) => all.filter((one) => one.operation === operation).map(({ count }) => count));
    expect(await counts('/summary')).toEqual([1, 59, 1, 59]);
    expect(await counts('')).toEqual([1, 2999, 1, 2999]);
  });

  it('flushes without ending the minute', async () => {
    const log = logOf();
    for (let request = 0; request < 5; request++) {
      log.record(accessTo('/summary'));
      await log.flush();
    }
    expect((await recorded()).map(({ count }) => count)).toEqual([1]);
    await log.close();
    expect((await recorded()).map(({ count }) => count)).toEqual([1, 4]);
  });

  it('has room for those who are known, from however many networks strangers come', async () => {
    const log = logOf();
    for (let network = 0; network < 5000; network++)
      log.record(accessTo('', { who: '', network: `10.${network >> 8}.${network & 255}.0/24`, status: 401 }));
    for (let user = 0; user < 500; user++) log.record(accessTo('/users', { who: `u${user}` }));
    await log.close();
    const all = await recorded();
    expect(total(all)).toBe(5500);
    expect(all).toHaveLength(501);
    expect(all.filter(({ who }) => who === '')).toHaveLength(101);
    expect(all.filter(({ reason }) => reason === 'many_kinds')).toMatchObject([{ count: 5000 }]);
  });

  it('keeps what the journal does not take, counts what it has no room for, and says so', async () => {
    const log = logOf({ maxWaiting: 10 });
    journal.isBroken = true;
    for (let request = 0; request < 25; request++) log.record(accessTo(`/${request}`));
    await clock.advanceWaiting(3 * SECOND_MS);
    expect([log.waiting, log.lost]).toEqual([10, 15]);
    journal.isBroken = false;
    await clock.advanceWaiting(SECOND_MS);
    expect([log.waiting, log.lost]).toEqual([0, 15]);
    const all = await recorded();
    expect(all.slice(0, 10).map(({ operation }) => operation)).toEqual(
      Array.from({ length: 10 }, (_, index) => `/${index}`),
    );
    expect(all.slice(10)).toMatchObject([{ reason: 'not_recorded', count: 15 }]);
    expect(await journal.verify()).toMatchObject({ intact: true, entries: 11 });
    await log.close();
  });

  it('has all that was recorded before a flush, also during another', async () => {
    const log = logOf();
    log.record(accessTo('/1'));
    const first = log.flush();
    log.record(accessTo('/2'));
    await log.flush();
    log.record(accessTo('/3'));
    await Promise.all([first, log.flush()]);
    expect((await recorded()).map(({ operation }) => operation)).toEqual(['/1', '/2', '/3']);
    await log.close();
  });

  it('never throws and never rejects, and does nothing once it is closed', async () => {
    const log = logOf();
    journal.isBroken = true;
    log.record(accessTo('/1', { timestampMs: Number.NaN }));
    log.record({} as Access);
    await Promise.all([log.flush(), log.close(), log.close()]);
    log.record(accessTo('/2'));
    journal.isBroken = false;
    await log.flush();
    expect(await recorded()).toMatchObject([
      { timestampMs: 0, operation: '/1' },
      { reason: 'not_recorded', count: 1 },
    ]);
    expect(clock.timerCount).toBe(0);
  });
});

/** What happens to a log; kinds are few, so that many come again. */
const anyHistory = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        who: fc.constantFrom('', 'a', 'b'),
        operation: fc.nat(4),
        status: fc.constantFrom(200, 401),
      }),
    },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 2 * MINUTE_MS }) },
    { weight: 1, arbitrary: fc.constantFrom('break', 'mend', 'flush', 'set back') },
  ),
  { maxLength: 150 },
);

async function live(
  log: AccessLog,
  history: readonly (number | string | { who: string; operation: number; status: number })[],
): Promise<Map<string, number>> {
  const model = new Map<string, number>();
  for (const step of history) {
    if (typeof step === 'number') await clock.advanceWaiting(step);
    else if (step === 'flush') await log.flush();
    else if (step === 'set back') clock.nowMs -= 10 * MINUTE_MS;
    else if (typeof step === 'string') journal.isBroken = step === 'break';
    else {
      const access = accessTo(`/${step.operation}`, { who: step.who, status: step.status });
      log.record(access);
      model.set(kindOf(access), (model.get(kindOf(access)) ?? 0) + 1);
    }
  }
  journal.isBroken = false;
  await log.close();
  return model;
}

function kindOf({ who, operation, status }: Access): string {
  return `${who} ${operation} ${status}`;
}

async function totalsByKind(): Promise<Map<string, number>> {
  const totals = new Map<string, number>();
  for (const access of await recorded())
    totals.set(kindOf(access), (totals.get(kindOf(access)) ?? 0) + access.count);
  return totals;
}

describe('whatever happens', () => {
  it('each kind is counted exactly', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory, async (history) => {
        clock = new ManualClock(NOON_MS);
        journal = new BrittleJournal({ maxBytes: 1e9 });
        const log = logOf();
        const model = await live(log, history);
        expect([...(await totalsByKind())].sort()).toEqual([...model].sort());
        expect([log.lost, log.waiting]).toEqual([0, 0]);
        expect(await journal.verify()).toMatchObject({ intact: true });
      }),
      { numRuns: 60 },
    );
  });

  it('all requests are counted, and none twice, with room for hardly any', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory, async (history) => {
        clock = new ManualClock(NOON_MS);
        journal = new BrittleJournal({ maxBytes: 1e9 });
        const model = await live(logOf({ maxWaiting: 5, maxKinds: 4, maxKindsOfStrangers: 2 }), history);
        const all = await recorded();
        expect(total(all)).toBe([...model.values()].reduce((sum, count) => sum + count, 0));
        for (const [kind, count] of await totalsByKind())
          if (!kind.endsWith(' 0')) expect(count).toBeLessThanOrEqual(model.get(kind) ?? 0);
      }),
      { numRuns: 60 },
    );
  });
});
