import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MessagePort } from 'node:worker_threads';
import { TachoError } from '@tacho/core';
import type { JournalVerification } from '@tacho/store';
import type { StoreEngine } from '../engine/store-engine.ts';
import { Gathering } from '../live/gathering.ts';
import {
  type Answer,
  DONE,
  FAILED,
  type Method,
  type PlainError,
  type Request,
  type StoreNotice,
} from './messages.ts';
import { storeClosed } from './store-closed.ts';

/** Of one round of housekeeping; the next one goes on where it left off. */
const MAX_PIECES = 100;

/**
 * Answers the requests of the main thread, in order; what is asked for during housekeeping, or while the journal is
 * verified, comes between the pieces of it.
 */
export function serve(
  port: MessagePort,
  writer: string,
  open: (tell: (notice: StoreNotice) => void) => StoreEngine,
): void {
  const engine = open((notice) => port.postMessage({ notice }));
  const gathering = new Gathering({
    writer,
    writers: (nowMs) => engine.writers(nowMs),
    askToFlush: (flush) => port.postMessage({ flush }),
  });
  /** Housekeeping under way, or the last. */
  let round: Promise<void> | undefined;
  let closed = false;

  async function maintain(nowMs: number): Promise<void> {
    for (let piece = 0; piece < MAX_PIECES && !closed; piece++) {
      if (!engine.maintain(nowMs)) return;
      await nextTurn();
    }
  }

  function answer(request: Request, outcome: { result: unknown } | { error: PlainError }): void {
    const failed = 'error' in outcome;
    if (request.outcome !== undefined) {
      Atomics.store(request.outcome, 0, failed ? FAILED : DONE);
      Atomics.notify(request.outcome, 0);
    }
    const message: Answer = { id: request.id, figures: engine.figures, ...outcome };
    port.postMessage(message, failed ? [] : transferable(outcome.result));
  }

  async function verifyJournal(nowMs: number, head: string | undefined): Promise<JournalVerification> {
    const nextPiece = engine.verifyJournal(nowMs, head);
    for (;;) {
      if (closed) throw storeClosed();
      const verification = nextPiece();
      if (verification !== undefined) return verification;
      await nextTurn();
    }
  }

  async function answerOnce(request: Request, done: Promise<unknown>): Promise<void> {
    try {
      answer(request, { result: await done });
    } catch (error) {
      answer(request, { error: plain(error) });
    }
  }

  port.on('message', (request: Request) => {
    if (request.method === 'maintain') {
      round ??= maintain(request.nowMs).finally(() => {
        round = undefined;
      });
      void answerOnce(request, round);
      return;
    }
    if (request.method === 'gather') {
      void answerOnce(request, gathering.gather(request.nowMs));
      return;
    }
    if (request.method === 'verifyJournal') {
      void answerOnce(request, verifyJournal(request.nowMs, ...(request as Request<'verifyJournal'>).args));
      return;
    }
    if (request.method === 'flushed') gathering.flushed(...(request as Request<'flushed'>).args);
    if (request.method === 'close') {
      closed = true;
      gathering.close();
    }
    try {
      answer(request, { result: call(engine, request) });
    } catch (error) {
      answer(request, { error: plain(error) });
    }
  });
}

type EngineMethod = Exclude<Method, 'close' | 'gather' | 'flushed' | 'verifyJournal'>;

function call(engine: StoreEngine, request: Request): unknown {
  if (request.method === 'flushed') return undefined;
  if (request.method === 'close') return engine.close();
  const method = engine[request.method as EngineMethod] as (nowMs: number, ...args: unknown[]) => unknown;
  return method.call(engine, request.nowMs, ...request.args);
}

/** What was encoded for the answer alone need not be copied. */
function transferable(result: unknown): ArrayBuffer[] {
  if (typeof result !== 'object' || result === null || !('parts' in result)) return [];
  return (result.parts as Uint8Array<ArrayBuffer>[]).map(({ buffer }) => buffer);
}

/** An error does not survive being cloned; what SQLite said is kept within the message. */
function plain(error: unknown): PlainError {
  if (!(error instanceof TachoError))
    return { code: 'TACHO_STORE_UNAVAILABLE', message: `the store failed: ${error}`, hint: undefined };
  const { code, message, hint, cause } = error;
  const said = cause instanceof Error && !(cause instanceof TachoError) ? ` (${cause.message})` : '';
  return { code, message: message + said, hint };
}
