import { setTimeout as pause } from 'node:timers/promises';

const watched = new Map<string, Set<WeakRef<object>>>();
const known = new WeakSet<object>();

/** Objects by kind, as counts. */
export type Counts = Record<string, number>;

/** Takes down what is to be collected later, without holding it. */
export function watch(kind: string, object: object): void {
  if (known.has(object)) return;
  known.add(object);
  const refs = watched.get(kind) ?? new Set();
  watched.set(kind, refs);
  refs.add(new WeakRef(object));
}

/** How many there were of each kind, and how many are left after some collections. Needs `--expose-gc`. */
export async function collected(): Promise<{ seen: Counts; alive: Counts }> {
  for (let tries = 0; tries < 10 && Object.values(alive()).some((count) => count > 0); tries++) {
    await pause(20);
    globalThis.gc?.();
  }
  return { seen: counts(() => true), alive: alive() };
}

function alive(): Counts {
  return counts((ref) => ref.deref() !== undefined);
}

function counts(which: (ref: WeakRef<object>) => boolean): Counts {
  return Object.fromEntries([...watched].map(([kind, refs]) => [kind, [...refs].filter(which).length]));
}
