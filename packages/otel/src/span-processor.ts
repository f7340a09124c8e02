import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace';
import { type Privacy, redactSpan } from './privacy.ts';
import type { RecordingSpanExporter } from './span-exporter.ts';

/**
 * Hands each span to the in-process exporter in the moment it ends, and clears private data from it before
 * any processor behind this one sees it end. The SDK's own processors won't do: both skip what the sampler
 * did not choose, one is asynchronous, the other drops past its queue.
 */
export class SynchronousSpanProcessor implements SpanProcessor {
  readonly #exporter: RecordingSpanExporter;
  readonly #privacy: Privacy;
  readonly #onError: (error: unknown) => void;

  constructor(exporter: RecordingSpanExporter, privacy: Privacy, onError: (error: unknown) => void) {
    this.#exporter = exporter;
    this.#privacy = privacy;
    this.#onError = onError;
  }

  onStart(span: Span): void {
    this.#exporter.started(span);
  }

  onEnd(span: ReadableSpan): void {
    try {
      redactSpan(span, this.#privacy);
      this.#exporter.export([span], () => {});
    } catch (error) {
      this.#onError(error);
    }
  }

  async forceFlush(): Promise<void> {}

  shutdown(): Promise<void> {
    return this.#exporter.shutdown();
  }
}
