import type { State } from '@tacho/store';
import type { Silence } from './desk.ts';

const KEY = 'alerts:silences';
const MAX_SILENCES = 100;
const MAX_TRIES = 10;

/** The silences in the state that processes share: any of them may change them. Rejects as `State` does. */
export class KeptSilences {
  readonly #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  /** Those that are not over, in the order in which they were made. */
  async at(nowMs: number): Promise<readonly Silence[]> {
    return current(await this.#state.get(KEY), nowMs);
  }

  /** @returns whether there was room for it */
  async add(silence: Silence, nowMs: number): Promise<boolean> {
    return this.#change(nowMs, (silences) =>
      silences.length < MAX_SILENCES ? [...silences, silence] : undefined,
    );
  }

  /** @returns whether there was one of that id */
  async remove(id: string, nowMs: number): Promise<boolean> {
    return this.#change(nowMs, (silences) => {
      const left = silences.filter((silence) => silence.id !== id);
      return left.length < silences.length ? left : undefined;
    });
  }

  /** @param change gives undefined for nothing to change. @returns whether it was changed */
  async #change(
    nowMs: number,
    change: (silences: readonly Silence[]) => readonly Silence[] | undefined,
  ): Promise<boolean> {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const found = await this.#state.get(KEY);
      const next = change(current(found, nowMs));
      if (next === undefined) return false;
      const text = next.length === 0 ? undefined : JSON.stringify(next);
      if (await this.#state.compareAndSet(KEY, found, text)) return true;
    }
    return false;
  }
}

/** What can't be understood silences nothing. */
function current(text: string | undefined, nowMs: number): readonly Silence[] {
  if (text === undefined) return [];
  try {
    const silences = JSON.parse(text) as readonly Silence[];
    return silences.filter(({ id, untilMs }) => typeof id === 'string' && nowMs < untilMs);
  } catch {
    return [];
  }
}
