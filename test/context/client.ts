import { randomBytes } from 'node:crypto';
import { request as httpsRequest } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '../load/connection.ts';
import type { Sending } from './case.ts';

export const CLIENTS = 20;
const PAUSE_MS = 2;
/** For all replies to one case. */
const LIMIT_MS = 6_000;

export interface Sent {
  /** One for each request, as its `traceparent` has it. */
  readonly traceIds: readonly string[];
  readonly failures: readonly string[];
}

/** Sends what a case wants from all its clients at once, each with connections of its own. */
export async function send(
  number: number,
  sends: Sending = {},
  ports: Readonly<Record<string, number>>,
  clients: number,
): Promise<Sent> {
  const port = ports[sends.port ?? 'http'] ?? 0;
  const all = Array.from({ length: clients }, () => new Client(number, sends));
  const late = pause(LIMIT_MS, undefined, { ref: false }).then(() => {
    throw new Error('no reply');
  });
  const results = await Promise.allSettled(all.map((client) => Promise.race([client.run(port), late])));
  for (const client of all) client.connection?.socket.destroy();
  return {
    traceIds: all.flatMap(({ traceIds }) => traceIds),
    failures: results.flatMap((result) => (result.status === 'rejected' ? [String(result.reason)] : [])),
  };
}

class Client {
  readonly traceIds: string[] = [];
  connection: Connection | undefined;
  readonly #number: number;
  readonly #sends: Sending;

  constructor(number: number, sends: Sending) {
    this.#number = number;
    this.#sends = sends;
  }

  async run(port: number): Promise<void> {
    if (this.#sends.port === 'https') return this.#sendSecurely(port);
    const connection = await Connection.open(port);
    this.connection = connection;
    const { leaves, targets = ['/context'], pipelined = false } = this.#sends;
    if (leaves !== undefined) await this.#sendAndLeave(connection, leaves);
    else if (pipelined) await this.#sendTogether(connection, targets);
    else for (const target of targets) await this.#sendOne(connection, target);
  }

  async #sendOne(connection: Connection, target: string): Promise<void> {
    const { method = 'GET', awaitsInterim = false } = this.#sends;
    const [first = '', ...rest] = this.#parts(target);
    const replied = connection.exchangeOne({ method, bytes: first });
    const sendRest = async (): Promise<void> => {
      for (const part of rest) {
        await (awaitsInterim ? connection.continued() : pause(PAUSE_MS));
        connection.writeBytes(part);
      }
    };
    await Promise.all([replied, sendRest()]);
  }

  async #sendTogether(connection: Connection, targets: readonly string[]): Promise<void> {
    const { method = 'GET' } = this.#sends;
    await connection.exchange(targets.map((target) => ({ method, bytes: this.#parts(target).join('') })));
  }

  async #sendAndLeave(connection: Connection, leaves: NonNullable<Sending['leaves']>): Promise<void> {
    const { method = 'GET' } = this.#sends;
    connection.write([{ method, bytes: this.#parts('/context')[0] ?? '' }]);
    await (leaves.while === 'sending' ? connection.continued() : connection.responseBegun());
    await connection.leave(leaves.by);
  }

  async #sendSecurely(port: number): Promise<void> {
    const { method = 'GET', body = [] } = this.#sends;
    const headers = { case: this.#number, traceparent: this.#traceparent() };
    const options = { port, method, headers, agent: false, rejectUnauthorized: false } as const;
    await new Promise<void>((settle, fail) => {
      const call = httpsRequest(options, (reply) => reply.resume().on('end', settle));
      call.on('error', fail);
      for (const part of body) call.write(part);
      call.end();
    });
  }

  /** The head with the first chunk, each further chunk, and the end of the body. */
  #parts(target: string): string[] {
    const { method = 'GET', version = '1.1', headers = [], body } = this.#sends;
    const lines = [
      `${method} ${target} HTTP/${version}`,
      'Host: service.test',
      `case: ${this.#number}`,
      `traceparent: ${this.#traceparent()}`,
      ...headers,
      ...(body === undefined ? [] : ['Transfer-Encoding: chunked']),
    ];
    const head = `${lines.join('\r\n')}\r\n\r\n`;
    if (body === undefined) return [head];
    const [first = '', ...rest] = body.map((part) => `${part.length.toString(16)}\r\n${part}\r\n`);
    return [head + first, ...rest, '0\r\n\r\n'];
  }

  #traceparent(): string {
    const traceId = randomBytes(16).toString('hex');
    this.traceIds.push(traceId);
    return `00-${traceId}-00000000000000ff-01`;
  }
}
