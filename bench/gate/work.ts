/** So much computing, however long it takes: on a busy machine longer. @returns what nobody needs */
export function work(steps: number): number {
  let state = 1;
  for (let step = 0; step < steps; step++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
  }
  return state;
}

/** How many steps this machine does in a millisecond while it does nothing else: the most of some tries. */
export function stepsPerMs(): number {
  const STEPS = 2_000_000;
  let most = 0;
  for (let tries = 0; tries < 30; tries++) {
    const startMs = performance.now();
    work(STEPS);
    most = Math.max(most, STEPS / (performance.now() - startMs));
  }
  return Math.round(most);
}
