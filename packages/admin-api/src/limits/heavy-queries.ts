import { HttpProblem } from '../http-problem.ts';

export interface HeavyQueriesOptions {
  readonly atOnce?: number | undefined;
  /** How many may wait for their turn. */
  readonly waiting?: number | undefined;
  readonly waitMs?: number | undefined;
}

const RETRY_AFTER_SECONDS = 5;

/** Lets a few queries read what was measured at once, and a few more wait for them: in the order in which they came. */
export class HeavyQueries {
  readonly #atOnce: number;
  readonly #maxWaiting: number;
  readonly #waitMs: number;
  readonly #waiting = new Set<() => void>();
  #running = 0;

  constructor({ atOnce = 2, waiting = 8, waitMs = 5_000 }: HeavyQueriesOptions = {}) {
    this.#atOnce = atOnce;
    this.#maxWaiting = waiting;
    this.#waitMs = waitMs;
  }

  /**
   * @param work begins when it is its turn, and may throw
   * @param gone aborted when nobody waits for the answer any more: then it does not begin
   * @throws HttpProblem 503 where too many wait, or it was not its turn in time
   */
  async run<T>(work: () => Promise<T>, gone?: AbortSignal): Promise<T> {
    if (this.#running < this.#atOnce) this.#running += 1;
    else await this.#turn(gone);
    try {
      return await work();
    } finally {
      this.#giveOn();
    }
  }

  /** Resolves once somebody who was running has handed on their place. */
  #turn(gone: AbortSignal | undefined): Promise<void> {
    if (this.#waiting.size >= this.#maxWaiting || gone?.aborted) throw busy();
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.delete(begin);
        clearTimeout(timer);
        gone?.removeEventListener('abort', giveUp);
      };
      const begin = (): void => {
        leave();
        resolve();
      };
      const giveUp = (): void => {
        leave();
        reject(busy());
      };
      const timer = setTimeout(giveUp, this.#waitMs).unref();
      gone?.addEventListener('abort', giveUp);
      this.#waiting.add(begin);
    });
  }

  #giveOn(): void {
    const [next] = this.#waiting;
    if (next === undefined) this.#running -= 1;
    else next();
  }
}

function busy(): HttpProblem {
  return new HttpProblem({
    status: 503,
    code: 'busy',
    detail: 'As much is being read as may be read at once.',
    headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) },
  });
}
