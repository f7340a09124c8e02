import { AsyncLocalStorage } from 'node:async_hooks';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import type { SpanDropReason, SpanQueueStatus } from '@tacho/core';
import { harmlessly } from '../harmlessly.ts';
import { unheldTimeout } from '../unheld-timeout.ts';
import type { Delivery } from './delivery.ts';

/** By the names that the `OTEL_BSP_*` variables have. */
export interface QueueLimits {
  /** Spans that may wait, beside those under way. */
  readonly maxQueueSize: number;
  /** Not above `maxQueueSize`. */
  readonly maxExportBatchSize: number;
  readonly scheduledDelayMillis: number;
}

export interface SpanQueueOptions {
  readonly delivery: Pick<Delivery<ReadableSpan[]>, 'deliver' | 'hurry' | 'stop' | 'lastFailure'>;
  readonly limits: QueueLimits;
  /** How long a flush may take. */
  readonly flushLimitMs: number;
  /** Told now and then, once spans were dropped. */
  readonly dropping: (status: SpanQueueStatus) => void;
}

/**
 * Where every span that it is given waits until it is sent: as soon as a batch is full, or when the first has waited
 * for the delay. One batch is under way at a time. What becomes of each span is counted in the moment that it does.
 */
export class SpanQueue implements SpanProcessor {
  readonly #options: SpanQueueOptions;
  /** Runs what goes on after a span's end outside its request, which would be held otherwise. */
  readonly #outside = AsyncLocalStorage.snapshot();
  readonly #waiting: ReadableSpan[] = [];
  #underWay = 0;
  /** Settles when what is under way is over. */
  #sending: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #shutdown: Promise<void> | undefined;
  #produced = 0;
  #sent = 0;
  #dropsTold = 0;
  /** The backend has not taken the last batch, so the next one waits for the delay, full or not. */
  #isResting = false;
  readonly #dropped: Record<SpanDropReason, number> = {
    queueFull: 0,
    refused: 0,
    timedOut: 0,
    failed: 0,
    shutDown: 0,
  };

  constructor(options: SpanQueueOptions) {
    this.#options = options;
  }

  get status(): SpanQueueStatus {
    const droppedBecause = { ...this.#dropped };
    return {
      produced: this.#produced,
      sent: this.#sent,
      queued: this.#waiting.length + this.#underWay,
      dropped: Object.values(droppedBecause).reduce((sum, count) => sum + count),
      droppedBecause,
    };
  }

  /** Why the last try to send came to nothing; undefined where it did not. */
  get trouble(): string | undefined {
    return this.#options.delivery.lastFailure?.text;
  }

  onStart(): void {}

  onEnd(span: ReadableSpan): void {
    const { maxQueueSize, maxExportBatchSize } = this.#options.limits;
    this.#produced++;
    if (this.#shutdown !== undefined) this.#dropped.shutDown++;
    else if (this.#waiting.length >= maxQueueSize) this.#dropped.queueFull++;
    else {
      const length = this.#waiting.push(span);
      if (this.#underWay === 0 && (length === 1 || length === maxExportBatchSize))
        this.#outside(() => this.#goOn());
    }
  }

  /** Settles when what waits now is sent, the backend has failed to take it, or the limit is over. */
  forceFlush(): Promise<void> {
    return this.#shutdown ?? this.#outside(() => this.#flush());
  }

  /** Flushes for the last time. What is left then is dropped. */
  shutdown(): Promise<void> {
    this.#shutdown ??= this.#outside(() => this.#end());
    return this.#shutdown;
  }

  /** Sends a full batch at once, and fewer after the delay. */
  #goOn(): void {
    const { maxExportBatchSize, scheduledDelayMillis } = this.#options.limits;
    if (this.#waiting.length >= maxExportBatchSize && !this.#isResting) this.#send();
    else if (this.#waiting.length > 0)
      this.#timer ??= unheldTimeout(() => this.#send(), scheduledDelayMillis);
  }

  #send(): void {
    if (this.#underWay > 0 || this.#waiting.length === 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#waiting.splice(0, this.#options.limits.maxExportBatchSize);
    this.#underWay = batch.length;
    this.#sending = this.#deliver(batch);
  }

  /** Never rejects. */
  async #deliver(batch: ReadableSpan[]): Promise<void> {
    const outcome = await this.#options.delivery.deliver(batch).catch(() => 'failed' as const);
    this.#underWay = 0;
    if (outcome === 'sent') this.#sent += batch.length;
    else this.#dropped[outcome] += batch.length;
    this.#isResting = outcome !== 'sent';
    harmlessly(() => this.#tellDrops());
    if (this.#shutdown === undefined) harmlessly(() => this.#goOn());
  }

  async #flush(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((settle) => {
      timer = unheldTimeout(settle, this.#options.flushLimitMs);
    });
    await Promise.race([this.#sendAll(), limit]);
    clearTimeout(timer);
  }

  /** What comes in the meantime is not waited for. */
  async #sendAll(): Promise<void> {
    const batches = Math.ceil(this.#waiting.length / this.#options.limits.maxExportBatchSize);
    for (let done = 0; done <= batches && this.status.queued > 0; done++) {
      this.#send();
      const sending = this.#sending;
      if (!(await this.#options.delivery.hurry())) return;
      await sending;
    }
  }

  async #end(): Promise<void> {
    await this.#flush();
    clearTimeout(this.#timer);
    this.#options.delivery.stop();
    this.#dropped.shutDown += this.#waiting.splice(0).length;
    await this.#sending;
    this.#tellDrops();
  }

  #tellDrops(): void {
    const { status } = this;
    if (status.dropped > this.#dropsTold) this.#options.dropping(status);
    this.#dropsTold = status.dropped;
  }
}
