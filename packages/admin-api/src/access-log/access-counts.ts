import { MINUTE_MS } from '@tacho/core';
import { type Access, type CountedAccess, uncertain } from './access.ts';

/** Of one kind within a minute, beside the first. */
interface Further {
  readonly access: Access;
  lastMs: number;
  count: number;
}

export interface AccessCountsOptions {
  /** How many kinds a minute are told apart. */
  readonly maxKinds?: number;
  /** And how many of strangers: however many networks they come from, there is room for those who are known. */
  readonly maxKindsOfStrangers?: number;
}

/**
 * How often each kind of request came within a minute. The first of a kind is an entry of its own, at once; the
 * further ones become one more at the minute's end. So what is asked for each second, or a thousand times a second,
 * makes two entries a minute.
 */
export class AccessCounts {
  readonly #maxKinds: number;
  readonly #maxKindsOfStrangers: number;
  readonly #kinds = new Map<string, Further>();
  #strangers = 0;
  #others: { lastMs: number; count: number } | undefined;
  #minute: number | undefined;

  constructor({ maxKinds = 500, maxKindsOfStrangers = 100 }: AccessCountsOptions = {}) {
    this.#maxKinds = maxKinds;
    this.#maxKindsOfStrangers = maxKindsOfStrangers;
  }

  /** Whether there is a minute that has ended, be it that the clock was set back. @param nowMs epoch milliseconds */
  isOver(nowMs: number): boolean {
    return this.#minute !== undefined && this.#minute !== minuteOf(nowMs);
  }

  /** @returns whether it is the first of its kind, and an entry of its own */
  add(access: Access, nowMs: number): boolean {
    this.#minute ??= minuteOf(nowMs);
    const kind = kindOf(access);
    const known = this.#kinds.get(kind);
    if (known !== undefined) {
      known.count++;
      known.lastMs = access.timestampMs;
      return false;
    }
    if (!this.#hasRoomFor(access)) {
      this.#others = { lastMs: access.timestampMs, count: (this.#others?.count ?? 0) + 1 };
      return false;
    }
    if (access.who === '') this.#strangers++;
    this.#kinds.set(kind, { access, lastMs: access.timestampMs, count: 0 });
    return true;
  }

  /** What was counted. The next request begins another minute. */
  take(): CountedAccess[] {
    const counted = [...this.#kinds.values()]
      .filter(({ count }) => count > 0)
      .map(({ access, lastMs, count }) => ({ ...access, timestampMs: lastMs, count }));
    if (this.#others !== undefined)
      counted.push(uncertain('many_kinds', this.#others.lastMs, this.#others.count));
    this.#kinds.clear();
    this.#strangers = 0;
    this.#others = undefined;
    this.#minute = undefined;
    return counted;
  }

  #hasRoomFor({ who }: Access): boolean {
    return this.#kinds.size < this.#maxKinds && (who !== '' || this.#strangers < this.#maxKindsOfStrangers);
  }
}

function minuteOf(epochMs: number): number {
  return Math.floor(epochMs / MINUTE_MS);
}

function kindOf({ who, role, network, method, operation, status, reason }: Access): string {
  return JSON.stringify([who, role, network, method, operation, status, reason]);
}
