/** Time, as a parameter. Only the composition root makes one; everything else is handed it. */
export interface Clock {
  /** Epoch milliseconds, UTC. */
  now(): number;
  /**
   * Calls `tick` about every `intervalMs`, never holding the process open and never two at once.
   * @returns stops it
   */
  every(intervalMs: number, tick: () => void | Promise<void>): () => void;
}
