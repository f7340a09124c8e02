import { Readable } from 'node:stream';

/** A reader that leaves more than this unread is cut off. */
const MAX_UNREAD_BYTES = 256 * 1024;

/** How soon a reader comes back when its stream has ended. */
const RETRY_MS = 2000;

export interface ServerEvent {
  readonly event: string;
  readonly id: string;
  /** A JSON value. */
  readonly data: object;
}

/** An event as `text/event-stream` has it (HTML, section 9.2). JSON has no line breaks that are not escaped. */
export function eventText({ event, id, data }: ServerEvent): string {
  return `event: ${event}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** The body of one reader's answer: events as they come, up to a given moment. */
export class EventStream extends Readable {
  /** Epoch milliseconds. */
  readonly endMs: number;
  #isEnding = false;

  constructor(endMs: number) {
    super();
    this.endMs = endMs;
    this.push(`retry: ${RETRY_MS}\n\n`);
  }

  /** Events come when they come. */
  override _read(): void {}

  get isEnding(): boolean {
    return this.#isEnding;
  }

  tell(event: string): void {
    if (this.destroyed || this.#isEnding) return;
    this.push(event);
    if (this.readableLength > MAX_UNREAD_BYTES) this.destroy();
  }

  /** Ends when all is read; when called again, at once. */
  end(): void {
    if (this.#isEnding) this.destroy();
    else this.push(null);
    this.#isEnding = true;
  }
}
