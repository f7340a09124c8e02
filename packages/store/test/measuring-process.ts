import { Aggregator, DEFAULT_LIMITS, type Window } from '@tacho/core';
import { ManualClock } from '@tacho/core/manual-clock';
import { History } from '../src/history.ts';
import { MemoryStore, type MemoryStoreOptions } from '../src/memory-store.ts';
import type { WindowStore } from '../src/window-store.ts';
import { WindowWriter } from '../src/window-writer.ts';
import { ALL_TIME, NOON_MS } from './measured.ts';

type Settings = Partial<Pick<MemoryStoreOptions, 'maxBytes' | 'retentionMs'>> & { nowMs?: number };

/** The parts as the composition root joins them, with real ones throughout. */
export class MeasuringProcess {
  readonly clock: ManualClock;
  readonly aggregator: Aggregator;
  readonly memory: MemoryStore;
  readonly writer: WindowWriter;
  readonly history: History;

  /** @param between stands between the process and its store */
  constructor(
    { nowMs = NOON_MS, ...settings }: Settings = {},
    between: (store: WindowStore, clock: ManualClock) => WindowStore = (store) => store,
  ) {
    const limits = DEFAULT_LIMITS;
    this.clock = new ManualClock(nowMs);
    this.aggregator = new Aggregator({ limits, nowMs });
    this.memory = new MemoryStore({ clock: this.clock, limits, ...settings });
    const store = between(this.memory, this.clock);
    this.writer = new WindowWriter({
      aggregator: this.aggregator,
      store,
      writer: 'process',
      clock: this.clock,
    });
    this.history = new History({ store, limits, unstored: () => this.writer.unstored() });
  }

  all(): Promise<Window> {
    return this.range(...ALL_TIME);
  }

  async range(fromMs: number, toMs: number): Promise<Window> {
    return (await this.history.window(fromMs, toMs)).window;
  }
}
