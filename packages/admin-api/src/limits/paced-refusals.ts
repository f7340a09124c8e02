import type { Socket } from 'node:net';
import { SECOND_MS } from '@tacho/core';

export interface Pace {
  /** So many are not held up. */
  readonly burst?: number | undefined;
  readonly perSecond?: number | undefined;
  /** No refusal holds its connection longer. */
  readonly maxHoldMs?: number | undefined;
}

interface Hold {
  untilMs: number;
  readonly release: () => void;
}

/** Many come to their turn at once: to wake up for each of them would cost as much as refusing it. */
const TURN_MS = 100;

/**
 * Bounds what refusing costs the service: past a burst, whoever is refused has been answered, and is not read again
 * until it is its turn. Of all connections so many come to their turn each second.
 */
export class PacedRefusals {
  readonly #everyMs: number;
  readonly #burstMs: number;
  readonly #maxHoldMs: number;
  readonly #monotonicMs: () => number;
  readonly #holds = new Map<Socket, Hold>();
  /** Runs while there are holds. */
  #turns: NodeJS.Timeout | undefined;
  /** By when all refusals so far have had their turn. */
  #turnsMs = 0;

  constructor(
    { burst = 300, perSecond = 200, maxHoldMs = SECOND_MS }: Pace = {},
    monotonicMs = (): number => performance.now(),
  ) {
    this.#everyMs = SECOND_MS / perSecond;
    this.#burstMs = burst * this.#everyMs;
    this.#maxHoldMs = maxHoldMs;
    this.#monotonicMs = monotonicMs;
  }

  /** How many connections are not read now. */
  get held(): number {
    return this.#holds.size;
  }

  /** Counts the refusal of a request of this connection. What is read of the connection already is still answered. */
  refused(socket: Socket): void {
    const nowMs = this.#monotonicMs();
    const turnMs = Math.max(this.#turnsMs, nowMs) + this.#everyMs;
    this.#turnsMs = Math.min(turnMs, nowMs + this.#burstMs + this.#maxHoldMs);
    const holdMs = this.#turnsMs - this.#burstMs - nowMs;
    if (holdMs > 0 && !socket.destroyed) this.#hold(socket, nowMs, holdMs);
  }

  /** A connection that is held has requests left that came in one piece: they hold it longer, each by itself. */
  #hold(socket: Socket, nowMs: number, holdMs: number): void {
    const hold = this.#holds.get(socket);
    if (hold !== undefined) {
      hold.untilMs += holdMs;
      return;
    }
    const release = (): void => this.#release(socket);
    this.#holds.set(socket, { untilMs: nowMs + holdMs, release });
    this.#turns ??= setInterval(() => this.#takeTurns(), TURN_MS).unref();
    socket.on('resume', pauseAgain);
    socket.once('close', release);
    socket.pause();
  }

  #takeTurns(): void {
    const nowMs = this.#monotonicMs();
    for (const [socket, { untilMs, release }] of this.#holds) {
      if (untilMs > nowMs) continue;
      release();
      socket.resume();
    }
  }

  #release(socket: Socket): void {
    const hold = this.#holds.get(socket);
    if (hold === undefined) return;
    this.#holds.delete(socket);
    socket.off('resume', pauseAgain);
    socket.off('close', hold.release);
    if (this.#holds.size > 0) return;
    clearInterval(this.#turns);
    this.#turns = undefined;
  }
}

/** Node goes on reading when it has done with a request. */
function pauseAgain(this: Socket): void {
  this.pause();
}
