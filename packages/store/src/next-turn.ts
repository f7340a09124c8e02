/** In the order in which they came. */
const waiting: (() => void)[] = [];

/**
 * Lets the process see to its other work before going on. Waits for no time to pass; but of all that wait, one goes
 * on at each turn of the event loop, so that many who work in turns hold it no longer than one.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(goOn);
  });
}

function goOn(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(goOn);
}
