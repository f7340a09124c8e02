import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { SpanQueueStatus } from '@tacho/core';
import fc from 'fast-check';
import type { Outcome } from '../../src/export/delivery.ts';
import { SpanQueue } from '../../src/export/span-queue.ts';
import { endedSpans } from './ended-spans.ts';

const LIMITS = { maxQueueSize: 10, maxExportBatchSize: 4, scheduledDelayMillis: 1_000 };
const FLUSH_LIMIT_MS = 5_000;
const SPANS = endedSpans(60);

/** A backend that answers when the test says so, and remembers what it was sent. */
class Backend {
  readonly batches: string[][] = [];
  readonly taken: string[] = [];
  lastFailure: undefined;
  stopped = false;
  #answer: ((outcome: Outcome) => void) | undefined;
  #afterTry: ((isSent: boolean) => void)[] = [];

  deliver(batch: ReadableSpan[]): Promise<Outcome> {
    expect(this.#answer).toBeUndefined();
    expect(batch.length).toBeGreaterThan(0);
    expect(batch.length).toBeLessThanOrEqual(LIMITS.maxExportBatchSize);
    const names = batch.map(({ name }) => name);
    this.batches.push(names);
    return new Promise((settle) => {
      this.#answer = (outcome) => {
        this.#answer = undefined;
        if (outcome === 'sent') this.taken.push(...names);
        for (const tell of this.#afterTry.splice(0)) tell(outcome === 'sent');
        settle(outcome);
      };
    });
  }

  hurry(): Promise<boolean> {
    return new Promise((settle) => this.#afterTry.push(settle));
  }

  stop(): void {
    this.stopped = true;
    this.#answer?.('shutDown');
  }

  get isAsked(): boolean {
    return this.#answer !== undefined;
  }

  async answer(outcome: Outcome): Promise<void> {
    this.#answer?.(outcome);
    await jest.advanceTimersByTimeAsync(0);
  }
}

let backend: Backend;
let told: SpanQueueStatus[];
let queue: SpanQueue;
function begin(): void {
  backend = new Backend();
  told = [];
  queue = new SpanQueue({
    delivery: backend,
    limits: LIMITS,
    flushLimitMs: FLUSH_LIMIT_MS,
    dropping: (status) => told.push(status),
  });
}
const end = (from: number, to: number): void => {
  for (const span of SPANS.slice(from, to)) queue.onEnd(span);
};
const exact = ({ produced, sent, queued, dropped, droppedBecause }: SpanQueueStatus): boolean =>
  produced === sent + queued + dropped &&
  dropped === Object.values(droppedBecause).reduce((sum, count) => sum + count);

beforeEach(() => {
  jest.useFakeTimers();
  begin();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('spans are sent', () => {
  it('after the delay, where a batch is not full', async () => {
    end(0, 3);
    await jest.advanceTimersByTimeAsync(999);
    expect(backend.batches).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(backend.batches).toEqual([['0', '1', '2']]);
    expect(queue.status).toMatchObject({ produced: 3, queued: 3, sent: 0 });
    await backend.answer('sent');
    expect(queue.status).toMatchObject({ produced: 3, queued: 0, sent: 3 });
    expect(jest.getTimerCount()).toBe(0);
  });

  it('at once, where it is, and the next ones when it is over', async () => {
    end(0, 9);
    expect(backend.batches).toEqual([['0', '1', '2', '3']]);
    await backend.answer('sent');
    await backend.answer('sent');
    expect(backend.batches).toEqual([
      ['0', '1', '2', '3'],
      ['4', '5', '6', '7'],
    ]);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(backend.batches.at(-1)).toEqual(['8']);
  });

  it('not at once, full or not, to a backend that has refused the last', async () => {
    end(0, 4);
    await backend.answer('refused');
    end(4, 12);
    expect(backend.batches).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(backend.batches).toHaveLength(2);
    await backend.answer('sent');
    expect(backend.batches).toHaveLength(3);
  });
});

describe('spans are dropped', () => {
  it('past the queue, beside the batch that is under way', () => {
    end(0, 20);
    expect(queue.status).toMatchObject({ produced: 20, queued: 14, dropped: 6 });
    expect(queue.status.droppedBecause.queueFull).toBe(6);
  });

  it.each(['refused', 'timedOut', 'failed'] as const)(
    'where the outcome is %s, which is told',
    async (why) => {
      end(0, 4);
      await backend.answer(why);
      expect(queue.status.droppedBecause).toMatchObject({ [why]: 4 });
      expect(told).toEqual([queue.status]);
    },
  );

  it('when the queue is shut down and the backend does not answer, in the time of a flush', async () => {
    end(0, 9);
    let isOver = false;
    void queue.shutdown().then(() => {
      isOver = true;
    });
    end(9, 11);
    await jest.advanceTimersByTimeAsync(FLUSH_LIMIT_MS - 1);
    expect(isOver).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect([isOver, backend.stopped]).toEqual([true, true]);
    expect(queue.status).toMatchObject({ produced: 11, queued: 0, dropped: 11 });
    expect(queue.status.droppedBecause.shutDown).toBe(11);
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe('a flush', () => {
  it('sends all that waits, and is over when it is taken', async () => {
    end(0, 10);
    let isOver = false;
    void queue.forceFlush().then(() => {
      isOver = true;
    });
    for (let n = 0; n < 3; n++) {
      expect(isOver).toBe(false);
      await backend.answer('sent');
    }
    expect(isOver).toBe(true);
    expect(backend.taken).toHaveLength(10);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('ends with the first failure', async () => {
    end(0, 10);
    const flushed = queue.forceFlush();
    await backend.answer('failed');
    await flushed;
    expect(queue.status).toMatchObject({ queued: 6, dropped: 4 });
  });

  it('is over at once where nothing waits', async () => {
    await queue.forceFlush();
    await queue.shutdown();
    await queue.forceFlush();
    expect(backend.batches).toEqual([]);
  });
});

it('whatever happens, the figures are exact at every moment, and nothing is sent twice or out of order', async () => {
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.nat({ max: 9 }).map((count) => ({ end: count })) },
    {
      weight: 4,
      arbitrary: fc
        .constantFrom<Outcome>('sent', 'sent', 'refused', 'timedOut', 'failed')
        .map((answer) => ({ answer })),
    },
    { weight: 3, arbitrary: fc.nat({ max: 2_000 }).map((passMs) => ({ passMs })) },
    { weight: 1, arbitrary: fc.constantFrom({ call: 'forceFlush' as const }, { call: 'shutdown' as const }) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      begin();
      let next = 0;
      for (const given of steps) {
        if ('end' in given) {
          const to = Math.min(SPANS.length, next + given.end);
          end(next, to);
          next = to;
        } else if ('answer' in given) await backend.answer(given.answer);
        else if ('passMs' in given) await jest.advanceTimersByTimeAsync(given.passMs);
        else void queue[given.call]();
        expect(exact(queue.status)).toBe(true);
        expect(queue.status.produced).toBe(next);
        expect(queue.status.sent).toBe(backend.taken.length);
        expect(queue.status.queued).toBeLessThanOrEqual(LIMITS.maxQueueSize + LIMITS.maxExportBatchSize);
      }
      await jest.advanceTimersByTimeAsync(FLUSH_LIMIT_MS);
      const sent = backend.batches.flat().map(Number);
      expect(sent).toEqual([...new Set(sent)].sort((a, b) => a - b));
      const last = queue.shutdown();
      await jest.advanceTimersByTimeAsync(FLUSH_LIMIT_MS);
      await last;
      expect(queue.status.queued).toBe(0);
      expect(exact(queue.status)).toBe(true);
      expect(jest.getTimerCount()).toBe(0);
    }),
    { numRuns: 300 },
  );
});
