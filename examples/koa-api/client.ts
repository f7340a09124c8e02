import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { json } from 'node:stream/consumers';

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;
const MOST_IN_FLIGHT = 100;
const REQUEST_LIMIT_MS = 15_000;

/** Sends requests to a service on this machine, and nowhere else; what comes back is read and dropped. */
export class Client {
  readonly #origin: URL;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #inFlight = new Set<ClientRequest>();
  #token: string | undefined;

  constructor(origin: string) {
    this.#origin = new URL(origin);
    if (!LOOPBACK.test(this.#origin.hostname)) throw new Error(`${origin} is not on this machine`);
  }

  /** A request whose answer is read to its end. */
  ask(method: string, path: string, body?: object): void {
    this.#open(method, path)?.end(body && JSON.stringify(body));
  }

  /** Signs in; where that succeeds, the requests after it are that user's. */
  signIn({ email, password }: { email: string; password: string }): void {
    const login = this.#open('POST', '/api/auth/login', async (answer) => {
      if (answer.statusCode !== 200) return answer.resume();
      this.#token = ((await json(answer)) as { token: string }).token;
    });
    login?.end(JSON.stringify({ email, password }));
  }

  /** A request that is given up before its answer has come. */
  leave(path: string, afterMs: number): void {
    const left = this.#open('GET', path);
    left?.end();
    setTimeout(() => left?.destroy(), afterMs);
  }

  /** A body that is announced and never sent whole. */
  breakOffUpload(path: string): void {
    const upload = this.#open('POST', path);
    upload?.setHeader('content-length', 1000).write('{"title":');
    setTimeout(() => upload?.destroy(), 100);
  }

  close(): void {
    for (const open of this.#inFlight) open.destroy();
    this.#agent.destroy();
  }

  /** Undefined when too many are under way: a service that hangs must not pile them up. */
  #open(
    method: string,
    path: string,
    read: (answer: IncomingMessage) => unknown = (answer) => answer.resume(),
  ): ClientRequest | undefined {
    if (this.#inFlight.size >= MOST_IN_FLIGHT) return undefined;
    const headers = this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` };
    const opened = request(new URL(path, this.#origin), {
      method,
      headers,
      agent: this.#agent,
      signal: AbortSignal.timeout(REQUEST_LIMIT_MS),
    });
    this.#inFlight.add(opened);
    return opened
      .on('response', read)
      .on('error', () => {})
      .on('close', () => this.#inFlight.delete(opened));
  }
}
