/** One answer as it came over the wire. */
export interface WireAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** As it was sent: compressed where `content-encoding` says so. */
  readonly body: Buffer;
}

const HEAD_END = '\r\n\r\n';

/**
 * Reads answers off a connection, in the order of the requests (RFC 9112, section 6.3). A stream of events has no end:
 * it is over for us as soon as it has begun.
 */
export class AnswerReader {
  #unread: Buffer = Buffer.alloc(0);

  push(bytes: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, bytes]);
  }

  /** Whether something has come that is no whole answer yet. */
  get isAmidst(): boolean {
    return this.#unread.byteLength > 0;
  }

  /** @param isHead whether the request was a HEAD @returns undefined until the next answer is here whole */
  next(isHead: boolean): WireAnswer | undefined {
    for (;;) {
      const end = this.#unread.indexOf(HEAD_END);
      if (end < 0) return undefined;
      const [statusLine = '', ...lines] = this.#unread.toString('latin1', 0, end).split('\r\n');
      const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]);
      const headers = Object.fromEntries(lines.map(headerOf));
      const rest = this.#unread.subarray(end + HEAD_END.length);
      if (status < 200) {
        this.#unread = rest;
        continue;
      }
      const taken = isHead || status === 204 || status === 304 ? NOTHING : bodyIn(rest, headers);
      if (taken === undefined) return undefined;
      this.#unread = rest.subarray(taken.bytes);
      return { status, headers, body: taken.body };
    }
  }
}

interface Taken {
  readonly body: Buffer;
  readonly bytes: number;
}

const NOTHING: Taken = { body: Buffer.alloc(0), bytes: 0 };

function bodyIn(rest: Buffer, headers: Readonly<Record<string, string>>): Taken | undefined {
  if (headers['content-type']?.startsWith('text/event-stream')) return NOTHING;
  if (headers['transfer-encoding'] === 'chunked') return chunksIn(rest);
  const length = Number(headers['content-length'] ?? 0);
  return rest.byteLength < length
    ? undefined
    : { body: Buffer.from(rest.subarray(0, length)), bytes: length };
}

function chunksIn(rest: Buffer): Taken | undefined {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = rest.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(rest.toString('latin1', at, lineEnd), 16);
    const begin = lineEnd + 2;
    at = begin + size + 2;
    if (rest.byteLength < at) return undefined;
    if (size === 0) return { body: Buffer.concat(chunks), bytes: at };
    chunks.push(rest.subarray(begin, begin + size));
  }
}

function headerOf(line: string): [name: string, value: string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}
