import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import { type Privacy, redactSpan } from './privacy.ts';

/** Clears private data from each span before the processors behind it, which export, see it end. */
export class RedactingSpanProcessor implements SpanProcessor {
  readonly #privacy: Privacy;

  constructor(privacy: Privacy) {
    this.#privacy = privacy;
  }

  onStart(): void {}

  onEnd(span: ReadableSpan): void {
    redactSpan(span, this.#privacy);
  }

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}
}
