import { Connection } from '../load/connection.ts';
import { type Request, request } from '../load/request.ts';
import type { Tally } from '../load/tally.ts';
import { KINDS, type Kind } from './kinds.ts';

export interface BulkPlan {
  readonly ports: Readonly<Record<Kind['port'], number>>;
  readonly requests: number;
  /** Header lines to add to the n-th request. */
  readonly extraHeaders: (n: number) => readonly string[];
}

const PIPELINED = 16;

/** Sends the kinds in their shares: most of them pipelined, a part one by one on kept connections. */
export async function sendBulk(plan: BulkPlan, tally: Tally): Promise<void> {
  const koa = inShares(KINDS.filter(({ port }) => port === 'koa'));
  const plain = inShares(KINDS.filter(({ port }) => port === 'plain'));
  const parts = [
    { port: plan.ports.koa, kinds: koa, share: 0.55, batch: PIPELINED, connections: 6 },
    { port: plan.ports.koa, kinds: koa, share: 0.15, batch: 1, connections: 6 },
    { port: plan.ports.plain, kinds: plain, share: 0.2, batch: PIPELINED, connections: 3 },
    { port: plan.ports.plain, kinds: plain, share: 0.1, batch: 1, connections: 3 },
  ];
  await Promise.all(
    parts.map(async ({ port, kinds, share, batch, connections }) => {
      const next = counter(Math.ceil(plan.requests * share));
      const senders = Array.from({ length: connections }, () => send(port, kinds, batch, next, plan, tally));
      await Promise.all(senders);
    }),
  );
}

async function send(
  port: number,
  kinds: readonly Kind[],
  batch: number,
  next: () => number | undefined,
  plan: BulkPlan,
  tally: Tally,
): Promise<void> {
  const connection = await Connection.open(port);
  for (;;) {
    const sent: Kind[] = [];
    const requests: Request[] = [];
    while (requests.length < batch) {
      const n = next();
      if (n === undefined) break;
      const kind = kinds[n % kinds.length]!;
      sent.push(kind);
      requests.push(requestOf(kind, n, plan.extraHeaders(n)));
    }
    if (requests.length === 0) break;
    const replies = await connection.exchange(requests);
    for (const [i, { status }] of replies.entries()) book(sent[i]!, status, tally);
  }
  await connection.close();
}

function requestOf(kind: Kind, n: number, extraHeaders: readonly string[]): Request {
  const { headers = [], ...parts } = kind.parts(n);
  return request({ ...parts, method: methodOf(kind), headers: [...headers, ...extraHeaders] });
}

function book(kind: Kind, status: number, tally: Tally): void {
  if (status !== kind.status) throw new Error(`${kind.endpoint} was answered ${status}, not ${kind.status}`);
  tally.completed(kind.endpoint, status);
}

const methodOf = ({ endpoint }: Kind): string => endpoint.slice(0, endpoint.indexOf(' '));

/** Each kind as often as its share says, spread evenly. */
function inShares(kinds: readonly Kind[]): Kind[] {
  return kinds
    .flatMap((kind) => Array.from({ length: kind.share }, (_, i) => ({ kind, at: (i + 0.5) / kind.share })))
    .sort((a, b) => a.at - b.at)
    .map(({ kind }) => kind);
}

function counter(limit: number): () => number | undefined {
  let n = 0;
  return () => (n < limit ? n++ : undefined);
}
