import type { KeyedLimit } from './keyed-limit.ts';

/** Those of one address that are not over. */
interface Tries {
  verifying: number;
  readonly waiting: (() => void)[];
  /** Of both kinds, and of those between. */
  present: number;
}

/**
 * Verifies logins only while the failures of their address are within a limit, exactly: of many at once no more are
 * under way than may fail, and the others wait to hear how these ended.
 */
export class LoginTries {
  readonly #failures: KeyedLimit;
  readonly #tries = new Map<string, Tries>();

  constructor(failures: KeyedLimit) {
    this.#failures = failures;
  }

  /** @returns undefined, with nothing verified, where too many have failed; rejects where `verify` does */
  async run<Found>(
    key: string,
    verify: () => Found | Promise<Found>,
    hasFailed: (found: Found) => boolean,
  ): Promise<{ found: Found } | undefined> {
    const tries = this.#tries.get(key) ?? { verifying: 0, waiting: [], present: 0 };
    this.#tries.set(key, tries);
    tries.present += 1;
    try {
      if (!(await this.#mayBegin(key, tries))) return undefined;
      try {
        const found = await verify();
        if (hasFailed(found)) await this.#failures.count(key);
        return { found };
      } finally {
        tries.verifying -= 1;
      }
    } finally {
      tries.present -= 1;
      tries.waiting.shift()?.();
      if (tries.present === 0) this.#tries.delete(key);
    }
  }

  async #mayBegin(key: string, tries: Tries): Promise<boolean> {
    for (;;) {
      const { remaining } = this.#failures.standing(key);
      if (remaining === 0) return false;
      if (tries.verifying < remaining) break;
      await new Promise<void>((resolve) => tries.waiting.push(resolve));
    }
    tries.verifying += 1;
    return true;
  }
}
