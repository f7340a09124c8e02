import { DEFAULT_LIMITS, encodeWindow, floorTo, MINUTE_MS, type RequestRecord, Window } from '@tacho/core';
import { History, MemoryStore } from '@tacho/store';
import { NOW_MS } from './served.ts';

/** A store in which requests were measured, by the minute, and a clock that makes its rows age. */
export class Stored {
  readonly clock = { nowMs: NOW_MS, now: (): number => this.clock.nowMs };
  readonly store = new MemoryStore({ clock: this.clock, limits: DEFAULT_LIMITS });
  readonly history = new History({ store: this.store, limits: DEFAULT_LIMITS });
  #sequence = 0;

  /** Each counts in the minute in which it began. */
  async add(requests: readonly RequestRecord[]): Promise<void> {
    const windows = new Map<number, Window>();
    for (const request of requests) {
      const minuteMs = floorTo(request.startMs, MINUTE_MS);
      const window = windows.get(minuteMs) ?? new Window(DEFAULT_LIMITS, minuteMs, minuteMs + MINUTE_MS);
      windows.set(minuteMs, window);
      window.record(request);
    }
    const rows = [...windows].map(([minuteMs, window]) => ({
      minuteMs,
      spanMs: MINUTE_MS,
      writer: 'process',
      sequence: this.#sequence++,
      payload: encodeWindow(window),
    }));
    await this.store.append(rows);
  }
}
