import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Delivery, type Outcome } from '../../src/export/delivery.ts';
import { type Failure, failureOfError, failureOfStatus } from '../../src/export/failure.ts';
import { Turns } from '../../src/export/turns.ts';

const LIMIT_MS = 10_000;

type Done = (result: { code: number; error?: Error }) => void;

/** An exporter that does what the test says, one answer a try, and tells when it was tried. */
class Scripted {
  readonly triedAtMs: number[] = [];
  failure: Failure | undefined;
  aborts = 0;
  #done: Done | undefined;
  readonly #script: (Failure | 'sent' | 'hangs' | 'throws')[];

  constructor(...script: (Failure | 'sent' | 'hangs' | 'throws')[]) {
    this.#script = script;
  }

  export(_batch: string, done: Done): void {
    this.triedAtMs.push(Date.now() - startedAtMs);
    const answer = this.#script.length > 1 ? this.#script.shift() : this.#script[0];
    this.#done = done;
    if (answer === 'throws') throw new Error('this can not be written');
    if (answer === 'hangs') return;
    this.failure = answer === 'sent' ? undefined : answer;
    setTimeout(() => done(answer === 'sent' ? { code: 0 } : { code: 1, error: new Error('failed') }), 10);
  }

  async shutdown(): Promise<void> {}

  abort(): void {
    this.aborts++;
    this.#done?.({ code: 1, error: new Error('given up') });
  }
}

let startedAtMs: number;
let failures: Failure[];
beforeEach(() => {
  jest.useFakeTimers();
  startedAtMs = Date.now();
  failures = [];
});
afterEach(() => {
  jest.useRealTimers();
});

function deliveryOf(backend: Scripted, { random = 0.5, patienceMs = 60_000 } = {}): Delivery<string> {
  return new Delivery({
    exporter: backend,
    connection: backend,
    limitMs: LIMIT_MS,
    patienceMs,
    failed: (failure) => failures.push(failure),
    turns: new Turns(),
    random: () => random,
  });
}

async function outcomeOf(delivery: Delivery<string>, withinMs = 3_600_000): Promise<Outcome | 'none yet'> {
  let outcome: Outcome | 'none yet' = 'none yet';
  void delivery.deliver('a batch').then((reached) => {
    outcome = reached;
  });
  await jest.advanceTimersByTimeAsync(withinMs);
  return outcome;
}

const BUSY = failureOfStatus(503);

it('what is taken is sent once', async () => {
  const backend = new Scripted('sent');
  expect(await outcomeOf(deliveryOf(backend))).toBe('sent');
  expect(backend.triedAtMs).toEqual([0]);
  expect(failures).toEqual([]);
});

it.each([400, 401, 403, 404, 413, 500, 302])('what is refused is sent once: %d', async (status) => {
  const backend = new Scripted(failureOfStatus(status));
  expect(await outcomeOf(deliveryOf(backend))).toBe('refused');
  expect(backend.triedAtMs).toEqual([0]);
  expect(failures).toEqual([{ why: 'refused', text: `HTTP status ${status}` }]);
});

it('what an exporter throws at is sent never again', async () => {
  const backend = new Scripted('throws');
  expect(await outcomeOf(deliveryOf(backend))).toBe('refused');
  expect(backend.triedAtMs).toEqual([0]);
});

it.each([429, 502, 503, 504])(
  'what comes at a bad moment is tried again, ever more seldom: %d',
  async (status) => {
    const backend = new Scripted(...Array.from({ length: 7 }, () => failureOfStatus(status)), 'sent');
    const delivery = deliveryOf(backend, { patienceMs: 300_000 });
    expect(await outcomeOf(delivery)).toBe('sent');
    const waitsMs = backend.triedAtMs.slice(1).map((at, n) => at - (backend.triedAtMs[n] as number) - 10);
    expect(waitsMs).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    expect(delivery.lastFailure).toBeUndefined();
  },
);

it.each([
  [0, 800],
  [0.999999, 1_200],
])('processes that failed at once do not try again at once: %d', async (random, waitMs) => {
  const backend = new Scripted(BUSY, 'sent');
  await outcomeOf(deliveryOf(backend, { random }));
  expect(backend.triedAtMs[1]).toBeCloseTo(waitMs + 10, -1);
});

it('there is an end to it', async () => {
  const backend = new Scripted(BUSY);
  expect(await outcomeOf(deliveryOf(backend, { patienceMs: 20_000 }))).toBe('failed');
  expect(backend.triedAtMs.at(-1)).toBeLessThan(20_000);
  const hanging = new Scripted('hangs');
  expect(await outcomeOf(deliveryOf(hanging, { patienceMs: 25_000 }))).toBe('timedOut');
  expect(hanging.aborts).toBe(hanging.triedAtMs.length);
});

describe('a backend that asks for patience', () => {
  it.each([
    [30, 0, 30],
    [30, 0.999999, 45],
    [100_000, 0, 300],
  ])('for %d s has it, and a little more: %d', async (askedSeconds, random, waitedSeconds) => {
    const backend = new Scripted(failureOfStatus(429, askedSeconds * 1000), 'sent');
    expect(await outcomeOf(deliveryOf(backend, { random, patienceMs: 1_000 }))).toBe('sent');
    expect((backend.triedAtMs[1] as number) / 1000).toBeCloseTo(waitedSeconds, 0);
  });

  it('is not hurried', async () => {
    const backend = new Scripted(failureOfStatus(429, 30_000), 'sent');
    const delivery = deliveryOf(backend);
    await outcomeOf(delivery, 1_000);
    expect(await delivery.hurry()).toBe(false);
    expect(backend.triedAtMs).toEqual([0]);
  });
});

it('a try that nobody answers is ended after its time', async () => {
  const backend = new Scripted('hangs', 'sent');
  expect(await outcomeOf(deliveryOf(backend))).toBe('sent');
  expect(backend.triedAtMs).toEqual([0, LIMIT_MS + 1_000]);
  expect([backend.aborts, failures]).toEqual([1, [{ why: 'timedOut', text: 'no answer in time' }]]);
});

it('hurry tries again now, and tells whether that was any good', async () => {
  const backend = new Scripted(BUSY, BUSY, 'sent');
  const delivery = deliveryOf(backend);
  await outcomeOf(delivery, 100);
  const second = delivery.hurry();
  await jest.advanceTimersByTimeAsync(10);
  expect(await second).toBe(false);
  const third = delivery.hurry();
  await jest.advanceTimersByTimeAsync(10);
  expect(await third).toBe(true);
  expect(backend.triedAtMs).toEqual([0, 100, 110]);
});

it.each([
  ['under way', new Scripted('hangs')],
  ['between two tries', new Scripted(BUSY)],
])('what is stopped %s ends at once, and leaves no timer', async (_when, backend) => {
  const delivery = deliveryOf(backend);
  let outcome: Outcome | undefined;
  void delivery.deliver('a batch').then((reached) => {
    outcome = reached;
  });
  await jest.advanceTimersByTimeAsync(100);
  delivery.stop();
  await jest.advanceTimersByTimeAsync(0);
  expect(outcome).toBe('shutDown');
  expect(jest.getTimerCount()).toBe(0);
  expect(await delivery.deliver('another')).toBe('shutDown');
  expect(backend.triedAtMs).toEqual([0]);
});

describe('of gRPC', () => {
  const error = (code: number, details = new Map<string, Buffer[]>()): Error =>
    Object.assign(new Error(`${code} SOMETHING: said the backend`), {
      code,
      details: 'said the backend',
      metadata: { get: (key: string) => details.get(key) ?? [] },
    });
  const retryInfo = new Map([
    ['grpc-status-details-bin', [Buffer.from('\u0008type.googleapis.com/google.rpc.RetryInfo')]],
  ]);

  it.each([
    [1, 'failed'],
    [3, 'refused'],
    [4, 'timedOut'],
    [7, 'refused'],
    [8, 'refused'],
    [10, 'failed'],
    [12, 'refused'],
    [14, 'failed'],
    [16, 'refused'],
  ])('status %d is %s', (code, why) => {
    expect(failureOfError(error(code)).why).toBe(why);
  });

  it('an exhausted resource that will be there again is worth another try', () => {
    expect(failureOfError(error(8, retryInfo)).why).toBe('failed');
  });
});
