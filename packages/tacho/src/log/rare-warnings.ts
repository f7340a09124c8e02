import { MINUTE_MS } from '@tacho/core';

/** Kinds are short fixed names of ours; past these many, what is new counts as of one kind. */
const MAX_KINDS = 64;

interface Kind {
  nextMs: number;
  leftOut: number;
}

/** Keeps what happens again and again from filling logs: each kind of warning is let through once a minute. */
export class RareWarnings {
  readonly #kinds = new Map<string, Kind>();

  /** @returns the text to show, which says how many were left out since the last one; undefined to leave it out */
  admit(kind: string, text: string, nowMs: number): string | undefined {
    const state = this.#stateOf(kind);
    // A clock that was set back must not silence a kind for longer than its minute.
    if (nowMs < state.nextMs && nowMs >= state.nextMs - MINUTE_MS) {
      state.leftOut++;
      return undefined;
    }
    const shown = state.leftOut === 0 ? text : `${text} (${leftOutText(state.leftOut)})`;
    state.nextMs = nowMs + MINUTE_MS;
    state.leftOut = 0;
    return shown;
  }

  #stateOf(kind: string): Kind {
    const name = this.#kinds.has(kind) || this.#kinds.size < MAX_KINDS ? kind : 'other';
    const state = this.#kinds.get(name) ?? { nextMs: Number.NEGATIVE_INFINITY, leftOut: 0 };
    this.#kinds.set(name, state);
    return state;
  }
}

function leftOutText(count: number): string {
  return `${count} more like this ${count === 1 ? 'was' : 'were'} left out`;
}
