import { type Clock, SECOND_MS } from '@tacho/core';
import type { State } from '@tacho/store';

/** How often a process looks at the lease; the one that holds it renews it. */
const LOOK_EVERY_MS = 10 * SECOND_MS;

/** How often in a row a lease is to be found as it was until its holder counts as gone. */
const LOOKS_UNTIL_GONE = 2;

const LEASE = 'lease:maintenance';

export interface LeadershipOptions {
  readonly state: State;
  /** Of this process, among all that share the store: without spaces. */
  readonly name: string;
  /** Told to whoever wants to know who leads. */
  readonly pid: number;
  readonly clock: Pick<Clock, 'every'>;
  /** Done each time that this process finds itself the leader. It may reject: the next look comes all the same. */
  readonly duties: () => Promise<void>;
  readonly onError: (error: unknown) => void;
}

export interface Leadership {
  /** As of the last look. */
  readonly isLeader: boolean;
  /** Of the process that leads; undefined where none does, or nobody has looked yet. */
  readonly leaderPid: number | undefined;
  /** Gives the lease back, so that another process need not wait for it. Never rejects. */
  end(): Promise<void>;
}

/**
 * Makes one process of all that share a store the leader: it renews a lease, which holds its name, a number that rises
 * with each renewal, and its process id. Whoever finds the number unchanged twice in a row takes the lease over: 20 to 30 seconds after the
 * holder was last heard of. No calendar is asked, so no clock that is set, in whichever process, makes two leaders
 * or none. (While a holder that was stopped in mid-duty finishes it, there can be two; duties have to bear that.)
 */
export function takePartInLeadership({
  state,
  name,
  pid,
  clock,
  duties,
  onError,
}: LeadershipOptions): Leadership {
  let seen: string | undefined;
  let looksUnchanged = 0;
  let held: string | undefined;
  let ended = false;

  const renew = async (found: string | undefined): Promise<void> => {
    const next = `${name} ${Number(found?.split(' ')[1] ?? 0) + 1} ${pid}`;
    held = (await state.compareAndSet(LEASE, found, next)) ? next : undefined;
  };
  const look = async (): Promise<void> => {
    const found = await state.get(LEASE);
    looksUnchanged = found === seen ? looksUnchanged + 1 : 0;
    seen = found;
    const isFree = found === undefined || found === held || looksUnchanged >= LOOKS_UNTIL_GONE;
    if (isFree) await renew(found);
    else held = undefined;
  };
  const tick = async (): Promise<void> => {
    try {
      await look();
      if (held !== undefined && !ended) await duties();
    } catch (error) {
      onError(error);
    }
  };
  const stop = clock.every(LOOK_EVERY_MS, tick);
  void tick();

  return {
    get isLeader() {
      return held !== undefined;
    },
    get leaderPid() {
      const leaderPid = Number((held ?? seen)?.split(' ')[2]);
      return Number.isSafeInteger(leaderPid) ? leaderPid : undefined;
    },
    async end() {
      ended = true;
      stop();
      if (held === undefined) return;
      try {
        await state.compareAndSet(LEASE, held, undefined);
      } catch {
        // The store is away: the lease will be found unchanged.
      }
    },
  };
}
