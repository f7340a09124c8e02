import type { ReadableSpan } from '@opentelemetry/sdk-trace';

/**
 * What becomes of the spans below a server span that the sampler has turned down: held while the request is `open`,
 * they go out with it where it is `kept`, and are `dropped` otherwise. Each of the spans has it, so that nothing has
 * to be looked up, and nothing is remembered of a request of which there is no span any more.
 */
export class RequestSpans {
  /** Of the server span: others of the same trace have their own. */
  readonly rootId: string;
  fate: 'open' | 'kept' | 'dropped' = 'open';
  held: ReadableSpan[] = [];
  /** Of those held, estimated. */
  bytes = 0;
  /** How many came, without those that there was no room for. */
  count = 0;
  /** How many there was no room for. */
  missing = 0;
  /** When the first of those held came, or, later, the fate: in milliseconds of the monotonic clock. */
  since = 0;

  constructor(rootId: string) {
    this.rootId = rootId;
  }
}
