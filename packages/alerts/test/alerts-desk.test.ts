import { describe, expect, it } from '@jest/globals';
import { HOUR_MS } from '@tacho/core';
import { ManualClock } from '@tacho/core/manual-clock';
import { MemoryState } from '@tacho/store';
import { type AlertsDeskOptions, alertsDesk } from '../src/alerts-desk.ts';
import type { AlertsDesk } from '../src/desk.ts';
import { KeptMemory } from '../src/kept-memory.ts';
import { KeptSilences } from '../src/kept-silences.ts';
import { NOON_MS, ruleOf, TELLER, Watch } from './alerting.ts';

const RULES = [
  ruleOf('errors', { holdMs: 0, keepFiringMs: 0 }),
  ruleOf('slow', { holdMs: 0, keepFiringMs: 0, severity: 'warning' }),
  ruleOf('held'),
];
const SILENCE = {
  rule: 'errors',
  subject: undefined,
  untilMs: NOON_MS + HOUR_MS,
  by: 'me',
  comment: 'deploy',
};

function desks(count: number): { clock: ManualClock; state: MemoryState; desks: readonly AlertsDesk[] } {
  const clock = new ManualClock(NOON_MS);
  const state = new MemoryState({ clock });
  let ids = 0;
  const options: Omit<AlertsDeskOptions, 'memory' | 'silences'> = {
    rules: RULES,
    sendNow: async ({ id, kind }) => [{ notifier: `${kind} ${id}`, failure: undefined }],
    teller: TELLER,
    clock,
    newId: () => String(++ids).padStart(12, '0'),
  };
  const open = () =>
    alertsDesk({
      ...options,
      memory: new KeptMemory(state, () => 'seed0000'),
      silences: new KeptSilences(state),
    });
  return { clock, state, desks: Array.from({ length: count }, open) };
}

describe('the desk', () => {
  it('of a service in which nothing was evaluated yet says so', async () => {
    const {
      desks: [desk],
    } = desks(1);
    expect(await desk?.now()).toEqual({
      evaluatedMs: undefined,
      active: [],
      recent: [],
      silences: [],
      rules: RULES,
      notifiers: [],
    });
  });

  it('shows in any process what another has found, the worst first, the latest first', async () => {
    const {
      state,
      desks: [, other],
    } = desks(2);
    const watch = new Watch(RULES);
    watch.see({ slow: ['GET /x'] });
    watch.see({ slow: ['GET /x'], errors: ['GET /y'] });
    watch.see({ slow: ['GET /x'], held: ['all'] });
    await new KeptMemory(state, () => 'seed0000').update(() => watch.memory);
    const now = await other?.now();
    expect(now?.evaluatedMs).toBe(watch.nowMs);
    expect(now?.active).toMatchObject([
      { rule: 'held', state: 'pending', firedMs: undefined },
      { rule: 'slow', state: 'firing', isSilenced: false },
    ]);
    expect(now?.recent).toMatchObject([{ rule: 'errors', state: 'resolved', resolvedMs: watch.nowMs }]);
    expect(now?.active[0]).not.toHaveProperty('lastHeldMs');
  });

  it('of any process silences and ends that for all of them, until it is over', async () => {
    const {
      clock,
      desks: [one, other],
    } = desks(2);
    const silence = await one?.silence(SILENCE);
    expect(silence).toEqual({ ...SILENCE, id: '000000000001', startedMs: NOON_MS });
    expect((await other?.now())?.silences).toEqual([silence]);
    expect(await other?.unsilence('000000000009')).toBe(false);
    expect(await other?.unsilence('000000000001')).toBe(true);
    expect((await one?.now())?.silences).toEqual([]);
    await one?.silence(SILENCE);
    clock.advance(HOUR_MS);
    expect((await other?.now())?.silences).toEqual([]);
  });

  it('takes a hundred silences, from however many at once, and one more when one of them is over', async () => {
    const { clock, desks: opened } = desks(2);
    const [one] = opened;
    for (let times = 0; times < 49; times++)
      await Promise.all(opened.map((desk) => desk.silence({ ...SILENCE, comment: String(times) })));
    await one?.silence({ ...SILENCE, untilMs: NOON_MS + 1 });
    await one?.silence(SILENCE);
    expect((await one?.now())?.silences).toHaveLength(100);
    expect(await one?.silence(SILENCE)).toBeUndefined();
    clock.advance(1);
    expect(await one?.silence(SILENCE)).toBeDefined();
  });

  it('tests every notifier with a message that is like no other', async () => {
    const {
      desks: [desk],
    } = desks(1);
    expect(await desk?.test()).toEqual([{ notifier: 'test test-000000000001', failure: undefined }]);
  });
});
