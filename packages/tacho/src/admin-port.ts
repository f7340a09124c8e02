import { type Clock, SECOND_MS } from '@tacho/core';
import type { State } from '@tacho/store';
import type { Notices } from './log/notices.ts';

/** A claim is renewed while the port is held, and is gone this long after its holder was killed. */
const RENEW_EVERY_MS = 10 * SECOND_MS;
const CLAIM_LASTS_MS = 30 * SECOND_MS;

/** After so many tries, a second apart, whoever has the port would have claimed it if it were one of ours. */
const TRIES_UNTIL_FOREIGN = 5;

/** How processes that share a store know each other. */
export interface Claims {
  readonly state: State;
  /** Of this process. */
  readonly name: string;
}

export interface AdminPortOptions {
  readonly host: string;
  readonly port: number;
  /** Undefined where every process has a store of its own. */
  readonly claims: Claims | undefined;
  readonly clock: Pick<Clock, 'every'>;
  readonly notices: Notices;
}

/**
 * The one port of all processes of a service. Whoever has it claims it in the store they share, and the others stand
 * by; where nobody has claimed it, another program is in the way, and somebody should hear of it.
 */
export class AdminPort {
  readonly #options: AdminPortOptions;
  readonly #key: string;
  #tries = 0;
  #isTold = false;
  #stopRenewing: (() => void) | undefined;

  constructor(options: AdminPortOptions) {
    this.#options = options;
    this.#key = `admin-api:${options.host}:${options.port}`;
  }

  /** It is ours. */
  taken(): void {
    const { claims, clock, port } = this.#options;
    // Any free port is nobody else's.
    if (claims === undefined || port === 0) return;
    let renewals = 0;
    this.#stopRenewing = clock.every(SECOND_MS, async () => {
      if ((renewals++ * SECOND_MS) % RENEW_EVERY_MS === 0) await this.#claim(claims);
    });
  }

  /** It could not be listened on; there will be another try. */
  async refused(error: NodeJS.ErrnoException): Promise<void> {
    if (this.#isTold) return;
    this.#tries++;
    const { claims, notices, host, port } = this.#options;
    const where = `port ${port} of ${host}`;
    if (error.code !== 'EADDRINUSE') this.#warn(`${where} cannot be listened on (${error.code})`);
    else if (claims === undefined)
      this.#warn(
        `${where} is in use. With its store in memory, each process answers for itself alone, and this one can't be ` +
          'asked',
      );
    else if (this.#tries > 1 && (await this.#isClaimed(claims)) && !this.#isTold) {
      this.#isTold = true;
      notices.info(
        `${where} is held by another process of this service, which answers for all; this one stands by.`,
      );
    } else if (this.#tries > TRIES_UNTIL_FOREIGN) this.#warn(`${where} is in use by another program`);
  }

  /** Gives it up. */
  async left(): Promise<void> {
    const { claims } = this.#options;
    this.#isTold = true;
    if (this.#stopRenewing === undefined || claims === undefined) return;
    this.#stopRenewing();
    try {
      await claims.state.compareAndSet(this.#key, claims.name, undefined);
    } catch {
      // It will expire.
    }
  }

  #warn(what: string): void {
    if (this.#isTold) return;
    this.#isTold = true;
    this.#options.notices.warn(
      `${what}: the admin API is shut, and opens once it is free. The option adminApi.port (TACHO_ADMIN_PORT) ` +
        'chooses another port.',
    );
  }

  async #claim({ state, name }: Claims): Promise<void> {
    try {
      await state.compareAndSet(this.#key, await state.get(this.#key), name, CLAIM_LASTS_MS);
    } catch {
      // The store is away, and says so itself.
    }
  }

  async #isClaimed({ state, name }: Claims): Promise<boolean> {
    try {
      const holder = await state.get(this.#key);
      return holder !== undefined && holder !== name;
    } catch {
      return false;
    }
  }
}
