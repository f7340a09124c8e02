import type { ReadableSpan } from '@opentelemetry/sdk-trace';

/** A span of the SDK's with a few attributes takes about this much, without the texts in them. */
const SPAN_BYTES = 1_400;
const BYTES_PER_CHARACTER = 2;

/** Bytes that a span takes, estimated: what may be long in it is texts, such as statements and stacks. */
export function sizeOf({ attributes, events }: ReadableSpan): number {
  let characters = charactersIn(attributes);
  for (const event of events)
    if (event.attributes !== undefined) characters += charactersIn(event.attributes);
  return SPAN_BYTES + characters * BYTES_PER_CHARACTER;
}

function charactersIn(attributes: object): number {
  let characters = 0;
  for (const value of Object.values(attributes)) {
    if (typeof value === 'string') characters += value.length;
    else if (Array.isArray(value)) characters += charactersIn(value);
  }
  return characters;
}
