import type { HistoryWindow } from '@tacho/store';
import type { AlertPast } from '../reading.ts';

type Answer = Promise<HistoryWindow>;

/**
 * Reads each range once a moment, however many rules ask for it; nobody may change what is answered. A range that is
 * asked for at two moments in a row stays for the next: so references, whose bounds move in steps, are read once a
 * step. What a moment did not ask for is let go when the next begins.
 */
export class PastMemo implements AlertPast {
  readonly #past: AlertPast;
  #asked = new Map<string, Answer>();
  #askedBefore = new Map<string, Answer>();

  constructor(past: AlertPast) {
    this.#past = past;
  }

  /** To be called before the rules are evaluated at another moment. */
  beginMoment(): void {
    this.#askedBefore = this.#asked;
    this.#asked = new Map();
  }

  window(fromMs: number, toMs: number, { users } = { users: false }): Answer {
    const key = `${fromMs} ${toMs} ${users}`;
    const known = this.#asked.get(key) ?? this.#askedBefore.get(key);
    const answer = known ?? this.#past.window(fromMs, toMs, { users });
    this.#asked.set(key, answer);
    if (known === undefined) answer.catch(() => this.#forget(key));
    return answer;
  }

  /** What could not be read is to be tried again. */
  #forget(key: string): void {
    this.#asked.delete(key);
    this.#askedBefore.delete(key);
  }
}
