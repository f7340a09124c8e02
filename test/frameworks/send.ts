import { Connection } from '../load/connection.ts';
import { request } from '../load/request.ts';
import { Tally } from '../load/tally.ts';
import type { Routes } from './endpoints.ts';
import { KINDS, type Kind, type KindName } from './kinds.ts';

export interface Sent {
  readonly tally: Tally;
  /** Answers that were not as the application is written, in words. */
  readonly wrongAnswers: readonly string[];
}

const CONNECTIONS = 8;
const MOST_PIPELINED = 4;

/** Sends each kind so many times: once one after the other, then all mixed and at the same time. */
export async function send(port: number, routes: Routes, times: number): Promise<Sent> {
  const sender = new Sender(port, routes);
  const names = Object.keys(KINDS) as KindName[];
  for (const name of names) await sender.sendOne(name, 1);
  const rest = Array.from({ length: (times - 1) * names.length }, (_, i) => names[i % names.length]!);
  await sender.sendMixed(mixed(rest));
  return sender;
}

class Sender implements Sent {
  readonly tally = new Tally();
  readonly wrongAnswers: string[] = [];
  readonly #port: number;
  readonly #routes: Routes;

  constructor(port: number, routes: Routes) {
    this.#port = port;
    this.#routes = routes;
  }

  async sendOne(name: KindName, n: number): Promise<void> {
    if (KINDS[name].status === 0) return this.#leave(name, n);
    const connection = await Connection.open(this.#port);
    await this.#exchange(connection, [name], n);
    await connection.close();
  }

  /** The requests of each connection come a few in one go; those that are left have connections of their own. */
  async sendMixed(names: readonly KindName[]): Promise<void> {
    const share = Math.ceil(names.length / CONNECTIONS);
    await Promise.all(
      Array.from({ length: CONNECTIONS }, (_, i) =>
        this.#sendShare(names.slice(i * share, (i + 1) * share), i * share),
      ),
    );
  }

  async #sendShare(names: readonly KindName[], from: number): Promise<void> {
    const left = names.filter((name) => KINDS[name].status === 0);
    const answered = names.filter((name) => KINDS[name].status !== 0);
    const connection = await Connection.open(this.#port);
    for (let i = 0, size = 1; i < answered.length; i += size, size = 1 + (i % MOST_PIPELINED)) {
      const leaving = left.pop();
      await Promise.all([
        this.#exchange(connection, answered.slice(i, i + size), from + i),
        leaving && this.#leave(leaving, from + i),
      ]);
    }
    for (const name of left) await this.#leave(name, from);
    await connection.close();
  }

  async #exchange(connection: Connection, names: readonly KindName[], n: number): Promise<void> {
    const kinds: Kind[] = names.map((name) => KINDS[name]);
    const replies = await connection.exchange(
      kinds.map((kind, i) => request({ ...kind, target: kind.target(n + i) })),
    );
    for (const [i, { status }] of replies.entries()) {
      this.tally.completed(this.#endpointOf(names[i]!), status);
      if (status !== kinds[i]!.status) this.wrongAnswers.push(`${names[i]} was answered ${status}`);
    }
  }

  /** Goes away amid the answer, or amid its own body once the server has told its application of the request. */
  async #leave(name: KindName, n: number): Promise<void> {
    const kind: Kind = KINDS[name];
    const connection = await Connection.open(this.#port);
    const target = kind.target(n);
    if (kind.body === undefined) {
      const begun = connection.responseBegun();
      connection.write([request({ method: kind.method, target })]);
      await begun;
    } else {
      const continued = connection.continued();
      const headers = [...(kind.headers ?? []), 'Content-Length: 1000', 'Expect: 100-continue'];
      connection.write([request({ method: kind.method, target, headers })]);
      await continued;
      connection.writeBytes(kind.body);
    }
    await connection.leave(n % 2 === 0 ? 'fin' : 'rst');
    this.tally.aborted(this.#endpointOf(name));
  }

  #endpointOf(name: KindName): string {
    return `${KINDS[name].method} ${this.#routes[name]}`;
  }
}

/** In an order that has nothing to do with the one before, and is the same in every run. */
function mixed<T>(items: readonly T[]): T[] {
  let state = 1;
  const keyed = items.map((item) => {
    state = (state * 48_271) % 0x7fffffff;
    return { item, key: state };
  });
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}
