import type { Attributes } from '@opentelemetry/api';
import type { IAttributesProcessor } from '@opentelemetry/sdk-metrics';

/** As many as the SDK lets a metric have between two exports, the last of them for all that is past it. */
export const MAX_SERIES = 2_000;

/** By the specification; the values stand for no one series. */
const OVERFLOW: Attributes = { 'otel.metric.overflow': true };

/**
 * Keeps a metric from having more than so many series in all. The SDK bounds those that are new since the last export,
 * but where what is exported is cumulative it keeps the old ones too.
 */
export class BoundedAttributes implements IAttributesProcessor {
  readonly #known = new Set<string>();

  process(attributes: Attributes): Attributes {
    const key = JSON.stringify(Object.entries(attributes).sort(byName));
    if (this.#known.has(key)) return attributes;
    if (this.#known.size >= MAX_SERIES - 1) return OVERFLOW;
    this.#known.add(key);
    return attributes;
  }
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
