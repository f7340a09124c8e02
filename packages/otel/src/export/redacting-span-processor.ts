import type { Context } from '@opentelemetry/api';
import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace';
import type { Privacy } from './privacy.ts';
import { SpanPrivacy } from './span-privacy.ts';

/** Hands the processor behind it, which exports, copies of spans: sampled, and without what is private in them. */
export class RedactingSpanProcessor implements SpanProcessor {
  readonly #privacy: SpanPrivacy;
  readonly #behind: SpanProcessor;

  constructor(privacy: Privacy, behind: SpanProcessor) {
    this.#privacy = new SpanPrivacy(privacy);
    this.#behind = behind;
  }

  onStart(span: Span, context: Context): void {
    this.#behind.onStart(span, context);
  }

  onEnd(span: ReadableSpan): void {
    this.#behind.onEnd(this.#privacy.redacted(span));
  }

  forceFlush(): Promise<void> {
    return this.#behind.forceFlush();
  }

  shutdown(): Promise<void> {
    return this.#behind.shutdown();
  }
}
