import { describe, expect, it } from '@jest/globals';
import { MINUTE_MS } from '@tacho/core';
import { ManualClock } from '@tacho/core/manual-clock';
import { MemoryState } from '@tacho/store';
import { Evaluation } from '../src/evaluation.ts';
import { KeptMemory } from '../src/kept-memory.ts';
import { KeptSilences } from '../src/kept-silences.ts';
import type { AlertMessage } from '../src/message.ts';
import type { Notifier } from '../src/notify/notifier.ts';
import { Outbox } from '../src/notify/outbox.ts';
import type { Reading } from '../src/reading.ts';
import type { Rule } from '../src/rule.ts';
import { EVERY_MS, NOON_MS, readingOf, ruleOf, TELLER } from './alerting.ts';

const RULES = [
  ruleOf('errors', { holdMs: 0, keepFiringMs: 0 }),
  ruleOf('slow', { holdMs: 0, keepFiringMs: 0, severity: 'warning' }),
];
const PAST = { window: () => Promise.reject(new Error('nobody reads it')), beginMoment: () => {} };

type ReadRule = (rule: Rule) => Promise<readonly Reading[]>;

/** Takes every message, and remembers them. */
function recorder(name = 'recorder'): Notifier & { readonly messages: AlertMessage[] } {
  const messages: AlertMessage[] = [];
  return { name, limitMs: 1000, messages, send: async (message) => void messages.push(message) };
}

/** Never settles, not even when it is told to. */
const HANGING: Notifier = { name: 'hanging', limitMs: 1000, send: () => new Promise(() => {}) };

/** A store that processes share, and their clock. */
class Service {
  readonly clock = new ManualClock(NOON_MS);
  readonly state = new MemoryState({ clock: this.clock });
  readonly errors: string[] = [];
  breached: readonly string[] = [];
  readRule: ReadRule = async ({ name }) => (this.breached.includes(name) ? [readingOf('GET /x')] : []);

  /** A process that leads from now on. */
  process(...notifiers: readonly Notifier[]): { evaluation: Evaluation; outbox: Outbox } {
    const { clock, state } = this;
    const outbox = new Outbox({
      notifiers,
      clock,
      random: () => 0,
      unobserved: (work) => work(),
      onLost: () => {},
    });
    const evaluation = new Evaluation({
      rules: RULES,
      readRule: (rule) => this.readRule(rule),
      past: PAST,
      memory: new KeptMemory(state, () => 'seed0000'),
      silences: new KeptSilences(state),
      sender: outbox,
      teller: TELLER,
      clock,
      onError: (what) => this.errors.push(what),
    });
    return { evaluation, outbox };
  }

  /** As the leader does: each ten seconds, without waiting. */
  async pass(durationMs: number, ...leaders: readonly Evaluation[]): Promise<void> {
    for (let passedMs = 0; passedMs < durationMs; passedMs += 10_000) {
      for (const leader of leaders) void leader.evaluateIfDue();
      await settle();
      this.clock.advance(10_000);
      await settle();
    }
  }
}

/** Until whatever can go on has gone on. */
async function settle(): Promise<void> {
  for (let turns = 0; turns < 12; turns++) await new Promise(setImmediate);
}

function idsOf(messages: readonly AlertMessage[]): string[] {
  return messages.map(({ id }) => id);
}

describe('an evaluation', () => {
  it('tells of what begins and of what is over, each once', async () => {
    const service = new Service();
    const notifier = recorder();
    const { evaluation } = service.process(notifier);
    service.breached = ['errors'];
    await service.pass(10 * MINUTE_MS, evaluation);
    service.breached = [];
    await service.pass(10 * MINUTE_MS, evaluation);
    expect(idsOf(notifier.messages)).toEqual(['seed0000-1-firing', 'seed0000-1-resolved']);
    expect(service.errors).toEqual([]);
  });

  it('of a process that was killed is gone on with by the next, and nobody is told twice', async () => {
    const service = new Service();
    const notifier = recorder();
    service.breached = ['errors'];
    for (let restarts = 0; restarts < 10; restarts++) {
      await service.pass(MINUTE_MS, service.process(notifier).evaluation);
    }
    service.breached = [];
    await service.pass(10 * MINUTE_MS, service.process(notifier).evaluation);
    expect(idsOf(notifier.messages)).toEqual(['seed0000-1-firing', 'seed0000-1-resolved']);
  });

  it('hands over again what was not sent when the process was killed, by the same id, and only to whom it was not', async () => {
    const service = new Service();
    const [reached, unreached] = [recorder('reached'), recorder('hanging')];
    service.breached = ['errors'];
    await service.pass(2 * MINUTE_MS, service.process(reached, HANGING).evaluation);
    expect(idsOf(reached.messages)).toEqual(['seed0000-1-firing']);
    await service.pass(2 * MINUTE_MS, service.process(reached, unreached).evaluation);
    expect(idsOf(unreached.messages)).toEqual(['seed0000-1-firing']);
    expect(reached.messages).toHaveLength(1);
  });

  it('hands over again what was under way when the process ended', async () => {
    const service = new Service();
    service.breached = ['errors'];
    const { evaluation, outbox } = service.process(HANGING);
    await service.pass(2 * MINUTE_MS, evaluation);
    evaluation.stop();
    outbox.stop();
    const notifier = recorder('hanging');
    await service.pass(MINUTE_MS, service.process(notifier).evaluation);
    expect(idsOf(notifier.messages)).toEqual(['seed0000-1-firing']);
  });

  it('notes later what was sent while the state was away, so that it is not sent again', async () => {
    const service = new Service();
    const notifier = recorder();
    service.breached = ['errors'];
    const { compareAndSet } = service.state;
    const { evaluation } = service.process({
      ...notifier,
      send: async (message) => {
        service.state.compareAndSet = () => Promise.reject(new Error('away'));
        await notifier.send(message, new AbortController().signal);
      },
    });
    await service.pass(2 * MINUTE_MS, evaluation);
    expect(notifier.messages).toHaveLength(1);
    expect(service.errors).toContain('it could not be noted that an alert was sent');
    service.state.compareAndSet = compareAndSet;
    await service.pass(MINUTE_MS, evaluation);
    await service.pass(2 * MINUTE_MS, service.process(notifier).evaluation);
    expect(notifier.messages).toHaveLength(1);
  });

  it('by two leaders at once makes one message of what begins, and one of what is over', async () => {
    const service = new Service();
    const notifier = recorder();
    service.breached = ['errors'];
    const leaders = [service.process(notifier).evaluation, service.process(notifier).evaluation];
    await service.pass(10 * MINUTE_MS, ...leaders);
    expect(new Set(idsOf(notifier.messages)).size).toBe(1);
    service.breached = [];
    await service.pass(10 * MINUTE_MS, ...leaders);
    expect(new Set(idsOf(notifier.messages))).toEqual(new Set(['seed0000-1-firing', 'seed0000-1-resolved']));
  });

  it('is delayed by no notifier that hangs, and neither are the others', async () => {
    const service = new Service();
    const notifier = recorder();
    const { evaluation } = service.process(HANGING, notifier);
    service.breached = ['errors'];
    await service.pass(EVERY_MS, evaluation);
    await service.pass(10_000, evaluation);
    expect(notifier.messages).toHaveLength(1);
    const before = service.clock.nowMs;
    await service.pass(30 * MINUTE_MS, evaluation);
    const { evaluatedMs = 0 } = await new KeptMemory(service.state, () => '').read();
    expect(evaluatedMs).toBeGreaterThanOrEqual(before + 29 * MINUTE_MS);
  });

  it('goes on with the other rules where one cannot be read, and takes nothing for over', async () => {
    const service = new Service();
    const notifier = recorder();
    const { evaluation } = service.process(notifier);
    service.breached = ['errors', 'slow'];
    await service.pass(2 * MINUTE_MS, evaluation);
    service.readRule = async ({ name }) => {
      if (name === 'errors') throw new Error('away');
      return [];
    };
    await service.pass(60 * MINUTE_MS, evaluation);
    expect(notifier.messages).toHaveLength(1);
    expect(service.errors).toContain('the rule "errors" could not be read');
    const { alerts } = await new KeptMemory(service.state, () => '').read();
    expect([...alerts.keys()]).toEqual(['errors GET /x']);
  });

  it('that is slow is not begun again while it goes on', async () => {
    const service = new Service();
    let reading = 0;
    let most = 0;
    service.readRule = async () => {
      most = Math.max(most, ++reading);
      await new Promise((resolve) => service.clock.every(5 * MINUTE_MS, resolve as () => void));
      reading--;
      return [];
    };
    await service.pass(30 * MINUTE_MS, service.process(recorder()).evaluation);
    expect(most).toBe(1);
  });

  it('begins nothing once it is stopped, and rejects not even where the state is away', async () => {
    const service = new Service();
    const { evaluation } = service.process(recorder());
    await service.state.close();
    await expect(evaluation.evaluateIfDue()).resolves.toBeUndefined();
    expect(service.errors).toEqual(['alerts could not be evaluated']);
    evaluation.stop();
    await service.pass(10 * MINUTE_MS, evaluation);
    expect(service.errors).toHaveLength(1);
  });

  it.each([
    '',
    'x',
    '{}',
    '[]',
    '{"version":1}',
    '{"version":2,"alerts":[]}',
    'null',
    '{"version":1,"alerts":[1]}',
  ])('begins anew where what is remembered can not be understood: %j', async (text) => {
    const service = new Service();
    const notifier = recorder();
    await service.state.compareAndSet('alerts', undefined, text);
    service.breached = ['errors'];
    await service.pass(2 * MINUTE_MS, service.process(notifier).evaluation);
    expect(notifier.messages).toHaveLength(1);
    expect(service.errors).toEqual([]);
  });
});
