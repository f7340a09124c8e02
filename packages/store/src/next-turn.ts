/** Lets the process see to its other work before going on. Waits for no time to pass. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
