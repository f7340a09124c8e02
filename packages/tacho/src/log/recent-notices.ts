import type { LogLevel } from './logger.ts';

/** How many different ones are kept; the one that was said least recently goes first. */
const MAX_KEPT = 20;
const MAX_TEXT = 500;

export interface RecentNotice {
  readonly level: 'warn' | 'error';
  /** Epoch milliseconds, of the last. */
  readonly timeMs: number;
  readonly text: string;
  readonly count: number;
}

/** What tacho has warned of, for whoever asks later than the log was read. */
export class RecentNotices {
  readonly #now: () => number;
  readonly #byText = new Map<string, RecentNotice>();
  #count = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Keeps warnings and errors, and nothing of what is said besides. */
  add(level: LogLevel, text: string): void {
    if (level === 'info') return;
    this.#count++;
    const kept = text.slice(0, MAX_TEXT);
    const count = (this.#byText.get(kept)?.count ?? 0) + 1;
    this.#byText.delete(kept);
    this.#byText.set(kept, { level, timeMs: this.#now(), text: kept, count });
    const [oldest] = this.#byText.keys();
    if (oldest !== undefined && this.#byText.size > MAX_KEPT) this.#byText.delete(oldest);
  }

  /** The one said last comes last; `count` is of all, those that are let go among them. */
  list(): { readonly count: number; readonly latest: readonly RecentNotice[] } {
    return { count: this.#count, latest: [...this.#byText.values()] };
  }
}
