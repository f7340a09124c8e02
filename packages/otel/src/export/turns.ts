/**
 * Keeps exports that find no backend from holding the process between them. A try holds it while it is under way, as
 * connections do that are being made; several that overlap, again and again, would hold it for good. So whoever has
 * failed before waits until nothing is under way, and begins a moment later: a process with nothing more to do has
 * ended by then.
 */
export class Turns {
  #underWay = 0;
  #waiting: (() => void)[] = [];

  /** Settles when nothing is under way, or at the signal. */
  async silence(signal: AbortSignal): Promise<void> {
    while (this.#underWay > 0 && !signal.aborted) {
      await new Promise<void>((settle) => {
        const go = (): void => {
          signal.removeEventListener('abort', go);
          settle();
        };
        this.#waiting.push(go);
        signal.addEventListener('abort', go);
      });
    }
  }

  /** @param run must not reject */
  async take<T>(run: () => Promise<T>): Promise<T> {
    this.#underWay++;
    const result = await run();
    this.#underWay--;
    for (const go of this.#underWay === 0 ? this.#waiting.splice(0) : []) setTimeout(go, 1).unref();
    return result;
  }
}
