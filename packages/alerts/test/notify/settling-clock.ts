import { ManualClock } from '@tacho/core/manual-clock';

/** A clock that lets what each tick began come to where it waits. */
export class SettlingClock extends ManualClock {
  async advanceSettled(durationMs: number): Promise<void> {
    await settled();
    for (const tick of this.moving(durationMs)) {
      tick();
      await settled();
    }
  }
}

/** Once all that waits for nothing but promises has gone on. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
