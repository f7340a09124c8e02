import { DEFAULT_LIMITS, type RequestRecord, type SystemSample, Window } from '@tacho/core';
import type { HistoryWindow } from '@tacho/store';
import type { AlertPast } from '../../src/reading.ts';

export const NOW_MS = Date.UTC(2025, 6, 19, 12);

export type Request = Partial<RequestRecord>;

/** A number of requests, all alike, to `GET /a` unless something else is said. */
export function requests(count: number, request: Request = {}): Request[] {
  return Array.from({ length: count }, () => request);
}

/** What was measured in a range, by one process. */
export function measured(
  fromMs: number,
  toMs: number,
  records: readonly Request[],
  samples: readonly SystemSample[] = [],
): Window {
  const window = new Window(DEFAULT_LIMITS, fromMs, toMs, { host: 'h', version: '1' });
  for (const record of records) {
    window.record({
      startMs: fromMs,
      durationMs: 20,
      method: 'GET',
      route: '/a',
      status: 200,
      outcome: 'completed',
      user: undefined,
      traceId: undefined,
      ...record,
    });
  }
  for (const sample of samples) window.addSample(sample);
  return window;
}

/** A past of windows, each of which is answered for any range that it overlaps. */
export function pastOf(...windows: readonly Window[]): AlertPast & { readonly reads: string[] } {
  const reads: string[] = [];
  return {
    reads,
    async window(fromMs, toMs, options): Promise<HistoryWindow> {
      reads.push(`${fromMs} ${toMs} ${options?.users ?? false}`);
      const window = new Window(DEFAULT_LIMITS);
      for (const one of windows) if (one.startMs < toMs && one.endMs > fromMs) window.merge(one);
      return { window, fromMs, toMs, resolution: 'minute', skippedRows: 0, partial: false };
    },
  };
}

export function sample(timestampMs: number, cpuPercent: number | null): SystemSample {
  return {
    timestampMs,
    cpuPercent,
    memoryPercent: 20,
    memoryAvailableBytes: null,
    diskPercent: 30,
    diskFreeBytes: null,
  };
}
