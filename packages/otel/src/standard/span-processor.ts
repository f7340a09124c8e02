import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace';
import type { RecordingSpanExporter } from './span-exporter.ts';

/**
 * Hands each span to the in-process exporter in the moment it ends. The SDK's own processors won't do: both
 * skip what the sampler did not choose, one is asynchronous, the other drops past its queue.
 */
export class SynchronousSpanProcessor implements SpanProcessor {
  readonly #exporter: RecordingSpanExporter;
  readonly #onError: (error: unknown) => void;

  constructor(exporter: RecordingSpanExporter, onError: (error: unknown) => void) {
    this.#exporter = exporter;
    this.#onError = onError;
  }

  onStart(span: Span): void {
    this.#exporter.started(span);
  }

  onEnd(span: ReadableSpan): void {
    try {
      this.#exporter.export([span], ignoreResult);
    } catch (error) {
      this.#onError(error);
    }
  }

  async forceFlush(): Promise<void> {}

  shutdown(): Promise<void> {
    return this.#exporter.shutdown();
  }
}

/** The exporter takes spans at once, or throws. */
function ignoreResult(): void {}
