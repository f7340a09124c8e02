import { type Clock, SECOND_MS } from '@tacho/core';
import type { EventStream } from './event-stream.ts';

interface ChannelOptions {
  readonly clock: Pick<Clock, 'now' | 'every'>;
  /** The text of an event; never rejects. */
  readonly nextEvent: () => Promise<string>;
}

/** What everybody is told who listens to the same: made once a second, as long as there is somebody. */
export class Channel {
  readonly #clock: Pick<Clock, 'now' | 'every'>;
  readonly #nextEvent: () => Promise<string>;
  readonly #streams = new Set<EventStream>();
  #latest: string | undefined;
  #isMaking = false;
  #stop: () => void = () => {};

  constructor({ clock, nextEvent }: ChannelOptions) {
    this.#clock = clock;
    this.#nextEvent = nextEvent;
  }

  /** How many listen. */
  get size(): number {
    return this.#streams.size;
  }

  /** Tells at once what was told last, or what is the first to be told. */
  add(stream: EventStream): void {
    this.#streams.add(stream);
    if (this.#latest !== undefined) stream.tell(this.#latest);
    if (this.size > 1) return;
    this.#stop = this.#clock.every(SECOND_MS, () => this.#tick());
    this.#tick();
  }

  delete(stream: EventStream): void {
    if (!this.#streams.delete(stream) || this.size > 0) return;
    this.#stop();
    this.#latest = undefined;
  }

  end(): void {
    for (const stream of this.#streams) stream.end();
  }

  #tick(): void {
    const nowMs = this.#clock.now();
    for (const stream of this.#streams) if (stream.isEnding || nowMs >= stream.endMs) stream.end();
    // What takes longer than a second is not asked for twice.
    if (!this.#isMaking) void this.#tell();
  }

  async #tell(): Promise<void> {
    this.#isMaking = true;
    const event = await this.#nextEvent();
    this.#isMaking = false;
    if (this.size === 0) return;
    this.#latest = event;
    for (const stream of this.#streams) stream.tell(event);
  }
}
