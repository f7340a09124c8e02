import { afterEach, describe, expect, it } from '@jest/globals';
import { type AlertMessage, type Notifier, NotSent, Outbox, type Posted } from '@tacho/alerts';
import fc from 'fast-check';
import { alertMessage, NOW_MS } from './messages.ts';
import { SettlingClock, settled } from './settling-clock.ts';

/** Takes, refuses or ignores messages as a test says, and keeps when it was asked. */
class Recorder implements Notifier {
  readonly name: string;
  readonly limitMs = 10_000;
  readonly asked: { readonly id: string; readonly atMs: number }[] = [];
  readonly signals: AbortSignal[] = [];
  readonly #clock: SettlingClock;
  answer: (message: AlertMessage) => Promise<void>;

  constructor(
    name: string,
    clock: SettlingClock,
    answer: (message: AlertMessage) => Promise<void> = async () => {},
  ) {
    this.name = name;
    this.#clock = clock;
    this.answer = answer;
  }

  send(message: AlertMessage, signal: AbortSignal): Promise<void> {
    this.asked.push({ id: message.id, atMs: this.#clock.nowMs });
    this.signals.push(signal);
    return this.answer(message);
  }

  get ids(): readonly string[] {
    return this.asked.map(({ id }) => id);
  }
}

const hang = (): Promise<void> => new Promise(() => {});
const fail = async (): Promise<never> => {
  throw new NotSent('is down', { isWorthRetrying: true });
};
const refuse = async (): Promise<never> => {
  throw new NotSent('answered 400', { isWorthRetrying: false });
};
const outboxes: Outbox[] = [];

afterEach(() => {
  for (const outbox of outboxes.splice(0)) outbox.stop();
  lostOnes.splice(0);
});

const lostOnes: string[] = [];
const onLost = (notifier: string, why: string): void => void lostOnes.push(`${notifier}: ${why}`);

function outboxOf(clock: SettlingClock, notifiers: readonly Notifier[], random = (): number => 0.5): Outbox {
  const outbox = new Outbox({ notifiers, clock, random, unobserved: (work) => work(), onLost });
  outboxes.push(outbox);
  return outbox;
}

function message(id: string | number): AlertMessage {
  return alertMessage({ id: String(id) });
}

describe('an outbox', () => {
  it('hands each message to each notifier, in order, once', async () => {
    const clock = new SettlingClock(NOW_MS);
    const notifiers = [new Recorder('a', clock), new Recorder('b', clock)];
    const outbox = outboxOf(clock, notifiers);
    const posted = [1, 2, 3].map((id) => outbox.post(message(id)));
    expect(await Promise.all(posted)).toEqual([true, true, true]);
    for (const { ids } of notifiers) expect(ids).toEqual(['1', '2', '3']);
    expect(outbox.status()).toEqual([
      { name: 'a', lastSentMs: NOW_MS, failure: undefined },
      { name: 'b', lastSentMs: NOW_MS, failure: undefined },
    ]);
    expect(clock.timerCount).toBe(0);
  });

  it('tells of each notifier when it is done, and leaves out those that were before', async () => {
    const clock = new SettlingClock(NOW_MS);
    const notifiers = [new Recorder('a', clock), new Recorder('b', clock, refuse), new Recorder('c', clock)];
    const outbox = outboxOf(clock, notifiers);
    const done: [string, Posted][] = [];
    const onSettled = (name: string, posted: Posted): void => void done.push([name, posted]);
    expect(await outbox.post(message(1), { except: ['a'], onSettled })).toBe(true);
    expect(done.sort()).toEqual([
      ['b', 'lost'],
      ['c', 'sent'],
    ]);
    expect(notifiers[0]?.ids).toEqual([]);
    expect(outbox.lost).toBe(1);
  });

  it('lets one that hangs delay nobody', async () => {
    const clock = new SettlingClock(NOW_MS);
    const hanging = new Recorder('hanging', clock, hang);
    const quick = new Recorder('quick', clock);
    const outbox = outboxOf(clock, [hanging, quick]);
    for (let id = 0; id < 50; id++) void outbox.post(message(id));
    await settled();
    expect(quick.ids).toHaveLength(50);
    expect(hanging.ids).toHaveLength(1);
    await clock.advanceSettled(10_000);
    expect(hanging.signals[0]?.aborted).toBe(true);
    expect(outbox.status()[0]?.failure).toBe('no success within 10 s');
  });

  it('tries again after waits that double to a minute, for a quarter of an hour', async () => {
    const clock = new SettlingClock(NOW_MS);
    const failing = new Recorder('failing', clock, fail);
    const outbox = outboxOf(clock, [failing]);
    const posted = outbox.post(message(1));
    await clock.advanceSettled(3_600_000);
    expect(await posted).toBe(true);
    const waits = failing.asked.map(({ atMs }, index) => atMs - (failing.asked[index - 1]?.atMs ?? atMs));
    expect(waits.slice(0, 8)).toEqual([0, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
    expect(failing.asked.at(-1)?.atMs).toBeGreaterThan(NOW_MS + 800_000);
    expect(failing.asked.at(-1)?.atMs).toBeLessThanOrEqual(NOW_MS + 900_000);
    expect(outbox.lost).toBe(1);
    expect(clock.timerCount).toBe(0);
  });

  it('goes on with the next message where one is refused, and does not ask for it again', async () => {
    const clock = new SettlingClock(NOW_MS);
    const notifier = new Recorder('a', clock, ({ id }) => (id === '1' ? refuse() : Promise.resolve()));
    const outbox = outboxOf(clock, [notifier]);
    await Promise.all([outbox.post(message(1)), outbox.post(message(2))]);
    expect(notifier.ids).toEqual(['1', '2']);
    expect(outbox.status()).toMatchObject([{ lastSentMs: NOW_MS, failure: undefined }]);
  });

  it('waits for as long as it is asked to, but no longer than five minutes', async () => {
    const clock = new SettlingClock(NOW_MS);
    const asks = [120_000, 86_400_000];
    const notifier = new Recorder('a', clock, async () => {
      const retryAfterMs = asks.shift();
      if (retryAfterMs !== undefined)
        throw new NotSent('answered 429', { isWorthRetrying: true, retryAfterMs });
    });
    const posted = outboxOf(clock, [notifier], () => 0).post(message(1));
    await clock.advanceSettled(3_600_000);
    expect(await posted).toBe(true);
    expect(notifier.asked.map(({ atMs }) => atMs - NOW_MS)).toEqual([0, 120_000, 420_000]);
  });

  it('keeps at most 100 messages for one that hangs: the oldest that waits is given up, and counted', async () => {
    const clock = new SettlingClock(NOW_MS);
    const notifier = new Recorder('a', clock, hang);
    const outbox = outboxOf(clock, [notifier]);
    const lost: number[] = [];
    for (let id = 0; id < 105; id++)
      void outbox.post(message(id), { onSettled: (_name, posted) => posted === 'lost' && lost.push(id) });
    await settled();
    expect(lost).toEqual([1, 2, 3, 4, 5]);
    expect(outbox.lost).toBe(5);
    expect(lostOnes).toEqual(lost.map(() => 'a: 100 others wait'));
    notifier.answer = async () => {};
    await clock.advanceSettled(60_000);
    expect(notifier.ids.slice(0, 4)).toEqual(['0', '0', '6', '7']);
    expect(notifier.ids).toHaveLength(101);
  });

  it('leaves to others what it has not sent when it is stopped, and sends nothing more', async () => {
    const clock = new SettlingClock(NOW_MS);
    const hanging = new Recorder('hanging', clock, hang);
    const failing = new Recorder('failing', clock, fail);
    const quick = new Recorder('quick', clock);
    const outbox = outboxOf(clock, [hanging, failing, quick]);
    const done: [string, Posted][] = [];
    const posted = [1, 2].map((id) =>
      outbox.post(message(id), { onSettled: (name, how) => void done.push([`${name} ${id}`, how]) }),
    );
    await settled();
    outbox.stop();
    expect(await Promise.all(posted)).toEqual([false, false]);
    expect(Object.fromEntries(done)).toEqual({
      'hanging 1': 'stopped',
      'hanging 2': 'stopped',
      'failing 1': 'stopped',
      'failing 2': 'stopped',
      'quick 1': 'sent',
      'quick 2': 'sent',
    });
    expect(hanging.signals.every(({ aborted }) => aborted)).toBe(true);
    expect(await outbox.post(message(3))).toBe(false);
    await clock.advanceSettled(3_600_000);
    expect([hanging.ids, failing.ids, quick.ids]).toEqual([['1'], ['1'], ['1', '2']]);
    expect(clock.timerCount).toBe(0);
  });

  it('sends a test past the queues, once, and says what became of it', async () => {
    const clock = new SettlingClock(NOW_MS);
    const notifiers = [
      new Recorder('hooks', clock, hang),
      new Recorder('hooks', clock, refuse),
      new Recorder('log', clock),
    ];
    const outbox = outboxOf(clock, notifiers);
    void outbox.post(message(1));
    const outcomes = outbox.sendNow(message('test'));
    await clock.advanceSettled(10_000);
    expect(await outcomes).toEqual([
      { notifier: 'hooks', failure: 'no success within 10 s' },
      { notifier: 'hooks (2)', failure: 'answered 400' },
      { notifier: 'log', failure: undefined },
    ]);
    for (const { ids } of notifiers) expect(ids.filter((id) => id === 'test')).toHaveLength(1);
  });

  it.each<[string, () => Promise<void>, string]>([
    [
      'throws',
      () => {
        throw new Error('at once');
      },
      'at once',
    ],
    ['rejects with nothing', () => Promise.reject(undefined), 'failed'],
    ['rejects with much', () => Promise.reject(new Error('x'.repeat(10_000))), 'x'.repeat(200)],
  ])('survives a notifier that %s', async (_what, answer, failure) => {
    const clock = new SettlingClock(NOW_MS);
    const outbox = outboxOf(clock, [new Recorder('a', clock, answer)]);
    void outbox.post(message(1));
    await settled();
    expect(outbox.status()).toMatchObject([{ failure }]);
  });

  it('hands over every message exactly once in the end, or counts it, whatever notifiers do', async () => {
    const outcome = fc.constantFrom(fail, refuse, hang, async () => {});
    await fc.assert(
      fc.asyncProperty(
        fc.array(outcome, { maxLength: 30 }),
        fc.integer({ min: 1, max: 20 }),
        async (given, count) => {
          const clock = new SettlingClock(NOW_MS);
          const outcomes = [...given];
          const taken: string[] = [];
          const notifier = new Recorder('a', clock, async ({ id }) => {
            await outcomes.shift()?.();
            taken.push(id);
          });
          const outbox = outboxOf(clock, [notifier]);
          const posted = Array.from({ length: count }, (_, id) => outbox.post(message(id)));
          await clock.advanceSettled(3_600_000);
          expect(await Promise.all(posted)).toEqual(posted.map(() => true));
          expect(new Set(taken).size).toBe(taken.length);
          expect(taken.length + outbox.lost).toBe(count);
          expect(taken).toEqual(taken.toSorted((a, b) => Number(a) - Number(b)));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('spreads what many processes try again: no second has more than three times the mean', async () => {
    const clock = new SettlingClock(NOW_MS);
    const recoveredMs = NOW_MS + 240_000;
    const answer = async (): Promise<void> => {
      if (clock.nowMs < recoveredMs) await fail();
    };
    const clients = Array.from({ length: 300 }, () => new Recorder('a', clock, answer));
    let state = 1;
    const random = (): number => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    const posted = clients.map((client) => outboxOf(clock, [client], random).post(message(1)));
    await clock.advanceSettled(900_000);
    await Promise.all(posted);
    const arrivedMs = clients.map(({ asked }) => (asked.at(-1)?.atMs ?? 0) - recoveredMs);
    const bySecond = Object.groupBy(arrivedMs, (ms) => Math.floor(ms / 1000));
    const busiest = Math.max(...Object.values(bySecond).map((all = []) => all.length));
    expect(Math.min(...arrivedMs)).toBeGreaterThanOrEqual(0);
    expect(busiest).toBeLessThanOrEqual((3 * clients.length) / (Math.max(...arrivedMs) / 1000));
  });
});
