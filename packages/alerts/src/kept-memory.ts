import { nextTurn, type State } from '@tacho/store';
import { type AlertMemory, emptyMemory } from './alert-memory.ts';
import { decodeMemory, encodeMemory, type MemoryText } from './memory-text.ts';

const KEY = 'alerts';

/** Two who evaluate at once are rare; ten in a row who come between are none. */
const MAX_TRIES = 10;

/** The memory of alerts in the state that processes share. Rejects as `State` does. */
export class KeptMemory {
  readonly #state: State;
  readonly #seed: () => string;
  /** What was read or written last, so that it is not taken apart again where it is the same. */
  #last: MemoryText | undefined;

  /** @param seed a new one at each call: 8 small letters and digits */
  constructor(state: State, seed: () => string) {
    this.#state = state;
    this.#seed = seed;
  }

  async read(): Promise<AlertMemory> {
    return this.#memoryOf(await this.#state.get(KEY));
  }

  /**
   * Puts what `change` makes of the memory in its place, as one step that no other process comes between.
   * @param change pure: it is called again where another process was first
   * @returns what was stored; undefined where others came between again and again
   */
  async update(change: (memory: AlertMemory) => AlertMemory): Promise<AlertMemory | undefined> {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const found = await this.#state.get(KEY);
      const before = this.#memoryOf(found);
      const after = change(before);
      if (after === before) return before;
      await nextTurn();
      const next = encodeMemory(after);
      if (!(await this.#state.compareAndSet(KEY, found, next.text))) continue;
      this.#last = next;
      return next.memory;
    }
    return undefined;
  }

  /** What can't be understood is of a version of tacho to come, or damaged: alerts begin anew. */
  #memoryOf(text: string | undefined): AlertMemory {
    if (text === undefined) return emptyMemory(this.#seed());
    if (this.#last?.text === text) return this.#last.memory;
    const memory = decodeMemory(text) ?? emptyMemory(this.#seed());
    this.#last = { text, memory };
    return memory;
  }
}
