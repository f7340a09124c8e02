import { setTimeout as pause } from 'node:timers/promises';
import { faultState, GIVES_PROMISE, IS_OUTSIDE, MODES, type Mode } from './fault-state.ts';

const { armed, hits, flags, injected } = faultState();

/** One call site, made to fail in one way. */
export interface Fault {
  readonly site: number;
  readonly mode: Mode;
}

/** How often each site was reached so far. */
export function reachedSoFar(): Int32Array {
  return hits.slice();
}

/** The sites that call something outside and were reached since, in order. */
export function reachedSince(before: Int32Array): number[] {
  return [...hits.keys()].filter((site) => hits[site] !== before[site] && (flags[site]! & IS_OUTSIDE) !== 0);
}

/** All the ways in which these sites can fail. */
export function faultsAt(sites: readonly number[]): Fault[] {
  return sites.flatMap((site) => {
    const modes = (flags[site]! & GIVES_PROMISE) === 0 ? MODES.slice(0, 1) : MODES;
    return modes.map((mode) => ({ site, mode }));
  });
}

export function arm({ site, mode }: Fault): void {
  armed[1] = MODES.indexOf(mode);
  armed[0] = site;
}

export function disarm(): void {
  armed[0] = 0;
}

/** How often it has failed by now. */
export function failuresOf({ site }: Fault): number {
  return injected[site]!;
}

/** Waits until the fault has occurred once more. */
export async function untilFailed(fault: Fault, limitMs: number): Promise<void> {
  const before = failuresOf(fault);
  const giveUpAt = Date.now() + limitMs;
  while (failuresOf(fault) === before && Date.now() < giveUpAt) await pause(5);
}
