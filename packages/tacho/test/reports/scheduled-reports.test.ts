import { beforeEach, describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS, type ReviewPeriod } from '@tacho/core';
import { ManualClock } from '@tacho/core/manual-clock';
import { MemoryState } from '@tacho/store';
import { scheduledReports } from '../../src/reports/scheduled-reports.ts';

const clock = new ManualClock(0);
let state: MemoryState;
let sent: { name: string; id: string; at: string }[];
let fails: Error | undefined;
let ids = 0;

beforeEach(() => {
  // A Friday.
  clock.nowMs = Date.UTC(2026, 0, 30, 12);
  state = new MemoryState({ clock });
  sent = [];
  fails = undefined;
});

interface LeaderOptions {
  readonly periods?: readonly ReviewPeriod[];
  readonly writer?: string;
  readonly send?: () => Promise<void>;
}

function leader({ periods = ['week'], writer = 'a', send = async () => {} }: LeaderOptions = {}) {
  return scheduledReports({
    periods,
    state,
    writer,
    clock,
    newId: () => `id${ids++}`,
    send: async ({ name }, id) => {
      await send();
      if (fails !== undefined) throw fails;
      sent.push({ name, id, at: new Date(clock.nowMs).toISOString().slice(0, 16) });
    },
    onError: () => {},
  });
}

async function lead(duty: () => Promise<void>, forMs: number, everyMs = 10 * MINUTE_MS): Promise<void> {
  for (let passedMs = 0; passedMs < forMs; passedMs += everyMs) {
    await duty();
    clock.nowMs += everyMs;
  }
}

describe('scheduled reviews', () => {
  it('are sent once, ten minutes after each period; not for what was over before they were asked for', async () => {
    await lead(leader({ periods: ['day', 'week', 'month'] }), 4 * DAY_MS);
    expect(sent.map(({ name, at }) => `${name} ${at}`)).toEqual([
      '2026-01-30 2026-01-31T00:10',
      '2026-01-31 2026-02-01T00:10',
      '2026-01 2026-02-01T00:10',
      '2026-02-01 2026-02-02T00:10',
      '2026-W05 2026-02-02T00:10',
      '2026-02-02 2026-02-03T00:10',
    ]);
  });

  it('are sent once whoever leads, however often that changes', async () => {
    for (let leaders = 0; leaders < 40; leaders++)
      await lead(leader({ writer: `w${leaders}` }), 8 * HOUR_MS, HOUR_MS);
    expect(sent.map(({ name }) => name)).toEqual(['2026-W05', '2026-W06']);
  });

  it('are sent late by a service that was not there in time', async () => {
    await lead(leader(), HOUR_MS);
    clock.nowMs = Date.UTC(2026, 1, 4, 9);
    await lead(leader(), HOUR_MS);
    expect(sent.map(({ name }) => name)).toEqual(['2026-W05']);
  });

  it('are sent by one of two that lead at once', async () => {
    await lead(leader(), HOUR_MS);
    clock.nowMs = Date.UTC(2026, 1, 2, 1);
    await Promise.all([leader({ writer: 'a' })(), leader({ writer: 'b' })(), leader({ writer: 'c' })()]);
    expect(sent).toHaveLength(1);
  });

  it('are tried again while the mail server is away, ever more seldom, as the same mail', async () => {
    await lead(leader(), HOUR_MS);
    clock.nowMs = Date.UTC(2026, 1, 2);
    fails = new Error('away');
    const tried: string[] = [];
    const duty = leader({
      send: async () => void tried.push(new Date(clock.nowMs).toISOString().slice(11, 16)),
    });
    await lead(duty, 3 * HOUR_MS, MINUTE_MS);
    expect(tried).toEqual(['00:10', '00:11', '00:13', '00:17', '00:25', '00:41', '01:13', '02:13']);
    fails = undefined;
    await lead(leader({ writer: 'b' }), DAY_MS, HOUR_MS);
    expect(sent).toHaveLength(1);
  });

  it('do not wait for a clock that was set back', async () => {
    await lead(leader(), HOUR_MS);
    clock.nowMs = Date.UTC(2026, 1, 3);
    fails = new Error('away');
    await leader()();
    fails = undefined;
    clock.nowMs -= 12 * HOUR_MS;
    await leader()();
    expect(sent).toHaveLength(1);
  });

  it('are given up where no other attempt would help', async () => {
    await lead(leader(), HOUR_MS);
    clock.nowMs = Date.UTC(2026, 1, 2, 1);
    fails = Object.assign(new Error('no such address'), { isWorthRetrying: false });
    await leader()();
    fails = undefined;
    await lead(leader(), DAY_MS, HOUR_MS);
    expect(sent).toEqual([]);
  });

  it('are sent under the same id by the next leader, where one died at it', async () => {
    await lead(leader(), HOUR_MS);
    clock.nowMs = Date.UTC(2026, 1, 2, 1);
    let died = (): void => {};
    const dying = new Promise<void>((resolve) => {
      died = resolve;
    });
    const send = (): Promise<void> => {
      died();
      return new Promise(() => {});
    };
    void leader({ writer: 'dead', send })();
    await dying;
    const id = JSON.parse((await state.get('report:week')) ?? '')[4];
    const next = leader({ writer: 'next' });
    await lead(next, 5 * MINUTE_MS, MINUTE_MS);
    expect(sent).toEqual([]);
    await lead(next, HOUR_MS, MINUTE_MS);
    expect(sent).toMatchObject([{ name: '2026-W05', id }]);
  });

  it('are not sent again by a process that could not write down that they were', async () => {
    await lead(leader(), HOUR_MS);
    clock.nowMs = Date.UTC(2026, 1, 2, 1);
    const { compareAndSet } = state;
    const duty = leader({
      send: async () => {
        state.compareAndSet = async () => {
          throw new Error('away');
        };
      },
    });
    await expect(duty()).rejects.toThrow('away');
    state.compareAndSet = compareAndSet;
    clock.nowMs += HOUR_MS;
    await duty();
    await lead(leader({ writer: 'b' }), DAY_MS, HOUR_MS);
    expect(sent).toHaveLength(1);
  });

  it('begin anew after a clock that was far ahead, and are not repeated after one that was a little', async () => {
    await lead(leader(), HOUR_MS);
    clock.nowMs = Date.UTC(2027, 0, 1);
    await leader()();
    expect(sent.map(({ name }) => name)).toEqual(['2026-W52']);
    clock.nowMs = Date.UTC(2026, 1, 1);
    await lead(leader(), 2 * DAY_MS, HOUR_MS);
    expect(sent.map(({ name }) => name)).toEqual(['2026-W52', '2026-W05']);
    clock.nowMs -= 2 * DAY_MS;
    await lead(leader(), 4 * DAY_MS, HOUR_MS);
    expect(sent).toHaveLength(2);
  });

  it('do not stumble over a state that is none', async () => {
    await state.compareAndSet('report:week', undefined, '{"nonsense": [');
    await lead(leader(), 4 * DAY_MS, HOUR_MS);
    expect(sent.map(({ name }) => name)).toEqual(['2026-W05']);
  });
});
