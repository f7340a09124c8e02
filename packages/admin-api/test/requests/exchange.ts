import { connect } from 'node:net';
import { AnswerReader, type WireAnswer } from './answer-reader.ts';
import type { RawRequest } from './request.ts';

export interface Exchange {
  readonly request: RawRequest;
  /** What came back: one, but for requests of which nobody knows where they end. */
  readonly answers: readonly WireAnswer[];
  /** From when the request was sent until its last answer was here whole; with others before it, since theirs. */
  readonly elapsedMs: number;
}

const PIPELINED = 4;
const LIMIT_MS = 15_000;
/** The others say that their connection ends, unless nobody can read that they do. */
const SILENT_MS = 500;

/**
 * Sends requests over raw sockets, so many connections at a time: those that say where they end go one after another
 * over connections that are kept, a few at once; each of the others over one of its own.
 */
export async function exchangeAll(
  port: number,
  requests: readonly RawRequest[],
  connections: number,
): Promise<Exchange[]> {
  const tame = requests.filter(({ isTame }) => isTame);
  const wild = requests.filter(({ isTame }) => !isTame);
  const done: Exchange[] = [];
  const worker = async (): Promise<void> => {
    while (tame.length + wild.length > 0) {
      const request = wild.pop();
      if (request !== undefined) done.push(await exchangeAlone(port, request));
      else done.push(...(await exchangeOver(port, tame)));
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return done;
}

function isHead({ bytes }: RawRequest): boolean {
  return /^[\r\n]*HEAD /.test(bytes.toString('latin1', 0, 20));
}

/**
 * Takes what comes until the server ends the connection. Whoever ends their own side has gone, to Node: ours ends when
 * there is nothing to be waited for.
 */
function exchangeAlone(port: number, request: RawRequest): Promise<Exchange> {
  return new Promise((resolve) => {
    const reader = new AnswerReader();
    const answers: WireAnswer[] = [];
    const sentMs = performance.now();
    const socket = connect(port, '127.0.0.1');
    socket.setTimeout(SILENT_MS, () => socket.end());
    socket.on('data', (bytes) => {
      reader.push(bytes);
      for (;;) {
        const answer = reader.next(answers.length === 0 && isHead(request));
        if (answer === undefined) return;
        answers.push(answer);
        if (answer.headers['content-type'] === 'text/event-stream') socket.destroy();
      }
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve({ request, answers, elapsedMs: performance.now() - sentMs }));
    socket.write(request.bytes);
  });
}

/** Takes requests off the list while the server keeps the connection. What it has not answered is put back. */
function exchangeOver(port: number, requests: RawRequest[]): Promise<Exchange[]> {
  return new Promise((resolve, reject) => {
    const reader = new AnswerReader();
    const done: Exchange[] = [];
    let waiting: RawRequest[] = [];
    let sinceMs = 0;
    const socket = connect(port, '127.0.0.1');
    socket.setNoDelay(true);
    const sendMore = (): void => {
      waiting = requests.splice(0, PIPELINED);
      sinceMs = performance.now();
      if (waiting.length === 0) socket.end();
      else socket.write(Buffer.concat(waiting.map(({ bytes }) => bytes)));
    };
    const take = (answer: WireAnswer): void => {
      const request = waiting.shift() as RawRequest;
      const nowMs = performance.now();
      done.push({ request, answers: [answer], elapsedMs: nowMs - sinceMs });
      sinceMs = nowMs;
      const { connection, 'content-type': type } = answer.headers;
      if (connection === 'close' || type === 'text/event-stream') socket.destroy();
      else if (waiting.length === 0) sendMore();
    };
    socket.setTimeout(LIMIT_MS, () => {
      reject(new Error(`no answer to ${waiting.map(shown).join('\n')}`));
      socket.destroy();
    });
    socket.on('connect', sendMore);
    socket.on('data', (bytes) => {
      reader.push(bytes);
      for (;;) {
        const [request] = waiting;
        const answer = request && reader.next(isHead(request));
        if (answer === undefined) return;
        take(answer);
        if (socket.destroyed) return;
      }
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      if (done.length === 0 && waiting.length > 0)
        return reject(new Error(`no answer to ${waiting.map(shown).join('\n')}`));
      requests.push(...waiting);
      resolve(done);
    });
  });
}

function shown({ bytes }: RawRequest): string {
  return JSON.stringify(bytes.toString('latin1', 0, 1_000));
}
