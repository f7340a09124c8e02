import { setImmediate } from 'node:timers/promises';

/** Does long work in pieces: wherever it yields, the process sees to its other work first. */
export async function inTurns<T>(work: Generator<undefined, T, undefined>): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await setImmediate();
  }
}
