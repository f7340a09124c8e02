import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '../load/connection.ts';
import { type Request, request } from '../load/request.ts';

const CONNECTIONS = 3;
const PAUSE_MS = 5;

/** Requests one after another on a few connections, while a test is about something else; with a tally of its own. */
export class SteadyLoad {
  /** What ended a connection before `stop`. */
  readonly failures: unknown[] = [];
  readonly #statuses = new Map<number, number>();
  /** When each answer came, by `performance.now()`. */
  readonly #answers: number[] = [];
  #sent = 0;
  #over = false;
  #ended: Promise<unknown> | undefined;

  static start(port: number, target = '/users/7'): SteadyLoad {
    const load = new SteadyLoad();
    const one = request({ method: 'GET', target });
    load.#ended = Promise.all(Array.from({ length: CONNECTIONS }, () => load.#run(port, one)));
    return load;
  }

  get sent(): number {
    return this.#sent;
  }

  get answered(): number {
    return this.#answers.length;
  }

  /** How many answers there were of each status. */
  get statuses(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#statuses);
  }

  /** @param momentMs by `performance.now()` */
  answeredBefore(momentMs: number): number {
    return this.#answers.filter((answerMs) => answerMs < momentMs).length;
  }

  /** Sends nothing more, and waits for what is under way. */
  async stop(): Promise<void> {
    this.#over = true;
    await this.#ended;
  }

  async #run(port: number, one: Request): Promise<void> {
    try {
      const connection = await Connection.open(port);
      while (!this.#over) {
        this.#sent++;
        const { status } = await connection.exchangeOne(one);
        this.#answers.push(performance.now());
        this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
        await pause(PAUSE_MS);
      }
      await connection.close();
    } catch (error) {
      this.failures.push(error);
    }
  }
}
