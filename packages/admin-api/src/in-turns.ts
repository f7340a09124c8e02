import { nextTurn } from '@tacho/store';

/** So long may work hold the event loop before the process sees to its other work. */
const TURN_MS = 2;

/**
 * Does a turn of work: wherever it yields, it may have to stop. @returns undefined where it did, or else the last step
 * @param take is handed what is yielded
 */
export function oneTurn<TPiece, TResult>(
  work: Generator<TPiece, TResult, undefined>,
  take: (piece: TPiece) => void = () => {},
): IteratorReturnResult<TResult> | undefined {
  const endMs = performance.now() + TURN_MS;
  do {
    const step = work.next();
    if (step.done) return step;
    take(step.value);
  } while (performance.now() < endMs);
  return undefined;
}

/** Does long work in turns of at most two milliseconds: those at which it yields can only be as short as its steps. */
export async function inTurns<T>(work: Generator<undefined, T, undefined>): Promise<T> {
  for (;;) {
    const last = oneTurn(work);
    if (last !== undefined) return last.value;
    await nextTurn();
  }
}
