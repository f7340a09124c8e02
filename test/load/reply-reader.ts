/** What a client sees of one response. */
export interface Reply {
  readonly status: number;
  /** Status line and headers, without the blank line. */
  readonly head: string;
}

const HEAD_END = Buffer.from('\r\n\r\n');
const LINE_END = Buffer.from('\r\n');

/**
 * Reads the responses of one HTTP/1 connection, in order, as their bytes arrive. It knows just what framing
 * needs (RFC 9112, 6.3), and is a reader of its own so that the tests' count of replies owes nothing to Node's.
 */
export class ReplyReader {
  readonly #onReply: (reply: Reply) => void;
  readonly #onInterim: (reply: Reply) => void;
  /** Methods of the requests that are not answered yet: a reply to HEAD has no body, whatever it says. */
  readonly #methods: string[] = [];
  #buffer: Buffer = Buffer.alloc(0);
  #at = 0;
  #reply: Reply | undefined;
  /** How the current body ends; undefined between responses. */
  #body: 'length' | 'chunks' | 'close' | undefined;
  #left = 0;

  constructor(onReply: (reply: Reply) => void, onInterim: (reply: Reply) => void) {
    this.#onReply = onReply;
    this.#onInterim = onInterim;
  }

  requested(method: string): void {
    this.#methods.push(method);
  }

  /** The head of the response whose body is being read. */
  get unfinished(): Reply | undefined {
    return this.#reply;
  }

  push(bytes: Buffer): void {
    this.#buffer = this.#at < this.#buffer.length ? Buffer.concat([this.#rest(), bytes]) : bytes;
    this.#at = 0;
    while (this.#body === undefined ? this.#readHead() : this.#readBody()) {
      // Each round takes one head or one piece of a body.
    }
  }

  /** The connection has ended, and with it a body that has no other end. */
  end(): void {
    if (this.#body === 'close') this.#finish();
  }

  #rest(): Buffer {
    return this.#buffer.subarray(this.#at);
  }

  #readHead(): boolean {
    const end = this.#buffer.indexOf(HEAD_END, this.#at);
    if (end === -1) return false;
    const head = this.#buffer.toString('latin1', this.#at, end);
    this.#at = end + HEAD_END.length;
    const status = Number(head.slice(9, 12));
    if (!head.startsWith('HTTP/1.1 ') || !(status >= 100)) throw new Error(`not a response: ${head}`);
    if (status < 200 && status !== 101) {
      this.#onInterim({ status, head });
      return true;
    }
    this.#reply = { status, head };
    this.#frame(status, head);
    return true;
  }

  #frame(status: number, head: string): void {
    const method = this.#methods.shift();
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
    this.#body = 'length';
    this.#left = 0;
    if (method === 'HEAD' || status === 101 || status === 204 || status === 304) return;
    if (/\r\ntransfer-encoding: chunked/i.test(head)) this.#body = 'chunks';
    else if (length === undefined) this.#body = 'close';
    else this.#left = Number(length);
  }

  #readBody(): boolean {
    if (this.#body === 'chunks') return this.#readChunk();
    if (this.#body === 'close') {
      this.#at = this.#buffer.length;
      return false;
    }
    const taken = Math.min(this.#left, this.#buffer.length - this.#at);
    this.#at += taken;
    this.#left -= taken;
    if (this.#left > 0) return false;
    this.#finish();
    return true;
  }

  #readChunk(): boolean {
    const lineEnd = this.#buffer.indexOf(LINE_END, this.#at);
    if (lineEnd === -1) return false;
    const size = Number.parseInt(this.#buffer.toString('latin1', this.#at, lineEnd), 16);
    const end = lineEnd + LINE_END.length + size + LINE_END.length;
    if (this.#buffer.length < end) return false;
    this.#at = end;
    if (size === 0) this.#finish();
    return true;
  }

  #finish(): void {
    const reply = this.#reply;
    this.#body = undefined;
    this.#reply = undefined;
    if (reply !== undefined) this.#onReply(reply);
  }
}
