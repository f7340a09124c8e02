/** What has been set going, to be ended: the last first, and each whatever becomes of the others. */
export class Ending {
  readonly #steps: (() => unknown)[] = [];

  /** @param step may throw, and reject */
  add(step: () => unknown): void {
    this.#steps.push(step);
  }

  /** Begins all in one turn, in reverse order, and waits for them. Never rejects. */
  async run(): Promise<void> {
    const steps = this.#steps.splice(0).reverse();
    await Promise.allSettled(steps.map(async (step) => step()));
  }
}
