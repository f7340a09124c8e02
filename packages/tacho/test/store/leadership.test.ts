import { describe, expect, it } from '@jest/globals';
import { SECOND_MS } from '@tacho/core';
import { MemoryState } from '@tacho/store';
import fc from 'fast-check';
import { takePartInLeadership } from '../../src/store/leadership.ts';

const LOOK_MS = 10 * SECOND_MS;

interface Timer {
  readonly everyMs: number;
  readonly offsetMs: number;
  readonly tick: () => unknown;
  alive: boolean;
}

/** Processes on one store. Their calendars stand still: nothing may depend on them. */
class Fleet {
  readonly state = new MemoryState({ clock: { now: () => 0 } });
  readonly led: { name: string; atMs: number }[] = [];
  #nowMs = 0;
  readonly #ticks: Timer[] = [];

  /** @returns ends it, or kills it */
  async join(name: string): Promise<{ end(): Promise<void>; kill(): void }> {
    const offsetMs = this.#nowMs;
    const timers: Timer[] = [];
    const leadership = takePartInLeadership({
      state: this.state,
      name,
      pid: name.charCodeAt(0),
      clock: {
        every: (everyMs, tick) => {
          const timer = { everyMs, offsetMs, tick, alive: true };
          timers.push(timer);
          this.#ticks.push(timer);
          return () => {
            timer.alive = false;
          };
        },
      },
      duties: async () => {
        this.led.push({ name, atMs: this.#nowMs });
      },
      onError: () => {},
    });
    await settled();
    const kill = (): void => {
      for (const timer of timers) timer.alive = false;
    };
    return { kill, end: () => leadership.end() };
  }

  async pass(forMs: number): Promise<void> {
    for (const endMs = this.#nowMs + forMs; this.#nowMs < endMs; ) {
      this.#nowMs += SECOND_MS;
      for (const timer of this.#ticks) {
        if (timer.alive && (this.#nowMs - timer.offsetMs) % timer.everyMs === 0) await timer.tick();
      }
    }
  }

  leadersSince(atMs: number): string[] {
    return [...new Set(this.led.filter((duty) => duty.atMs >= atMs).map(({ name }) => name))];
  }

  get nowMs(): number {
    return this.#nowMs;
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
}

describe('of the processes on a store', () => {
  it('one leads, from its first look on, and goes on leading', async () => {
    const fleet = new Fleet();
    await fleet.join('a');
    await fleet.pass(3 * SECOND_MS);
    await fleet.join('b');
    await fleet.join('c');
    await fleet.pass(600 * SECOND_MS);
    expect(fleet.leadersSince(0)).toEqual(['a']);
    expect(fleet.led).toHaveLength(61);
  });

  it('another leads within 30 s of the death of the one that did', async () => {
    for (let deathMs = 0; deathMs < 20 * SECOND_MS; deathMs += SECOND_MS) {
      const fleet = new Fleet();
      const { kill } = await fleet.join('a');
      await fleet.pass(3 * SECOND_MS);
      await fleet.join('b');
      await fleet.pass(4 * SECOND_MS);
      await fleet.join('c');
      await fleet.pass(40 * SECOND_MS + deathMs);
      const diedMs = fleet.nowMs;
      kill();
      await fleet.pass(30 * SECOND_MS);
      expect(fleet.leadersSince(diedMs + 1)).toHaveLength(1);
      expect(fleet.leadersSince(diedMs + 1)).not.toContain('a');
    }
  });

  it('another leads at its next look when the leader ends as it should', async () => {
    const fleet = new Fleet();
    const { end } = await fleet.join('a');
    await fleet.join('b');
    await fleet.pass(25 * SECOND_MS);
    await end();
    const endedMs = fleet.nowMs;
    await fleet.pass(LOOK_MS);
    expect(fleet.leadersSince(endedMs + 1)).toEqual(['b']);
  });

  it('never more than one leads between two looks, whoever comes and goes', async () => {
    const anyDay = fc.array(
      fc.record({
        what: fc.constantFrom('join', 'kill', 'end'),
        which: fc.nat(20),
        thenMs: fc.integer({ min: 1, max: 40 }).map((n) => n * SECOND_MS),
      }),
      { maxLength: 25 },
    );
    await fc.assert(
      fc.asyncProperty(anyDay, async (events) => {
        const fleet = new Fleet();
        const members = [await fleet.join('p0')];
        for (const [index, { what, which, thenMs }] of events.entries()) {
          const member = members[which % Math.max(1, members.length)];
          if (what === 'join') members.push(await fleet.join(`p${index + 1}`));
          else if (member !== undefined && what === 'kill') member.kill();
          else await member?.end();
          if (what !== 'join') members.splice(members.indexOf(member!), member === undefined ? 0 : 1);
          await fleet.pass(thenMs);
        }
        for (const { name, atMs } of fleet.led) {
          const others = fleet.led.filter(
            (duty) => duty.name !== name && Math.abs(duty.atMs - atMs) < LOOK_MS,
          );
          // A leader that was killed or has ended may have led just before.
          for (const other of others)
            expect(isStillLeading(fleet, other.name, Math.max(atMs, other.atMs))).toBe(false);
        }
      }),
      { numRuns: 40 },
    );
  });
});

/** Whether it led both before and after a moment at which another did. */
function isStillLeading(fleet: Fleet, name: string, atMs: number): boolean {
  const own = fleet.led.filter((duty) => duty.name === name).map((duty) => duty.atMs);
  return own.some((ms) => ms < atMs) && own.some((ms) => ms > atMs);
}
