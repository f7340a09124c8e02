import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import type { AgentOptions } from 'node:https';
import { type Failure, failureOfStatus, textOfError } from './failure.ts';

/** An answer of OTLP is a few bytes. Of a longer one no more than this is read. */
const MAX_ANSWER_BYTES = 65_536;

/** Whatever gives such an answer is no backend of OTLP. */
const ENDLESS: Failure = { why: 'refused', text: 'the answer is too long' };

/** What Node's agents have for `http.request` to call, and do not declare. */
type RequestTaker = Agent & { addRequest(request: ClientRequest, ...rest: unknown[]): void };

/** More than any exporter would wait for: it gives up at once. */
const FAR_OFF_SECONDS = '86400';

/**
 * The one socket that an exporter sends over by HTTP, and what the exporter does not guard itself: an answer without
 * end, and an exchange that never stops moving, which no idle time-out ends. Nor may it try again by itself, with
 * timers that hold the process; so it learns nothing that it would try again for. None of it holds the process.
 */
export class HttpConnection {
  readonly #tls: () => Promise<AgentOptions>;
  #agent: Agent | undefined;
  #request: ClientRequest | undefined;
  #failure: Failure | undefined;

  /** @param tls certificates, read when the first connection is made */
  constructor(tls: () => Promise<AgentOptions>) {
    this.#tls = tls;
  }

  /** Makes the agent, for the exporter's options. */
  readonly agentFor = async (protocol: string): Promise<Agent> => {
    const options = { keepAlive: true, maxSockets: 1 };
    const agent =
      protocol === 'https:'
        ? new (await import('node:https')).Agent({ ...options, ...(await this.#tls()) })
        : new (await import('node:http')).Agent(options);
    const taker = agent as RequestTaker;
    const take = taker.addRequest;
    taker.addRequest = (request, ...rest) => {
      this.#watch(request);
      take.call(taker, request, ...rest);
    };
    this.#agent = agent;
    return agent;
  };

  /** What the request met that was sent last, where it met anything. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Ends what is under way, and lets the exporter know. */
  abort(): void {
    this.#request?.destroy(new Error('the export was given up'));
    this.#agent?.destroy();
  }

  #watch(request: ClientRequest): void {
    this.#request = request;
    this.#failure = undefined;
    request.once('socket', (socket) => socket.unref());
    request.prependListener('error', (error: Error & { code?: unknown }) => {
      this.#failure ??= { why: 'failed', text: textOfError(error) };
      error.code = undefined;
    });
    request.prependListener('response', (response) => this.#hear(response));
  }

  #hear(response: IncomingMessage): void {
    const { statusCode = 0, headers } = response;
    if (statusCode > 299) {
      this.#failure = failureOfStatus(statusCode, retryAfterMsOf(headers['retry-after'], Date.now()));
      headers['retry-after'] = FAR_OFF_SECONDS;
    }
    let bytes = 0;
    response.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes <= MAX_ANSWER_BYTES) return;
      this.#failure = ENDLESS;
      response.destroy(new Error(ENDLESS.text));
    });
  }
}

/** The header `Retry-After` is seconds, or a date. */
export function retryAfterMsOf(text: string | undefined, nowMs: number): number | undefined {
  if (text === undefined) return undefined;
  const ms = /^\s*\d{1,9}\s*$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
