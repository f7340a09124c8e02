import {
  Aggregator,
  type CoveredWindow,
  DEFAULT_LIMITS,
  decodeWindow,
  EndpointStats,
  encodeWindow,
  endpointsReport,
  MINUTE_MS,
  summaryReport,
  Window,
} from '@tacho/core';
import { TrafficGenerator } from '../store/generator.ts';
import type { Operation } from './measure.ts';

const START_MS = Date.UTC(2026, 0, 31, 15, 20);
const FLUSH_MS = 10_000;

/** What is done with whole windows: merged, stored, read back, shown. */
export function windowOperations(): Operation[] {
  const small = minuteOf(200);
  const large = minuteOf(1000);
  return [
    sketchMerge(small),
    mergeIntoKnown(small),
    mergeIntoEmpty(small),
    repeated('encodeWindow, 200 endpoints', 20, () => encodeWindow(small)),
    repeated('encodeWindow, 1,000 endpoints', 5, () => encodeWindow(large)),
    decoding('decodeWindow, 200 endpoints', 20, small),
    decoding('decodeWindow, 1,000 endpoints', 5, large),
    flush(),
    repeated('summary, 200 endpoints', 50, () => summaryReport(covered(small), { nowMs: START_MS })),
    repeated('summary, 1,000 endpoints', 10, () => summaryReport(covered(large), { nowMs: START_MS })),
    repeated('endpoint list, 200 endpoints', 10, () => endpointsReport(small)),
    repeated('endpoint list, 1,000 endpoints', 2, () => endpointsReport(large)),
  ];
}

/** A minute of a service, with 200 users. */
function minuteOf(endpoints: number): Window {
  return new TrafficGenerator(endpoints).window(START_MS, MINUTE_MS);
}

function repeated(name: string, times: number, once: () => unknown): Operation {
  return {
    name,
    times,
    run(left) {
      for (; left > 0; left--) once();
    },
  };
}

/** Of the busiest endpoint into one that has seen the like. */
function sketchMerge(window: Window): Operation {
  const [busiest] = window.endpoints.entries();
  let into = new EndpointStats().sketch;
  const from = busiest!.stats.sketch;
  return {
    name: 'Sketch.merge',
    times: 20_000,
    prepare() {
      into = new EndpointStats().sketch;
      into.merge(from);
    },
    run(left) {
      for (; left > 0; left--) into.merge(from);
    },
  };
}

function mergeIntoKnown(window: Window): Operation {
  let into = new Window(DEFAULT_LIMITS);
  return {
    name: 'Window.merge, 200 known endpoints',
    times: 50,
    prepare() {
      into = new Window(DEFAULT_LIMITS);
      into.merge(window);
    },
    run(left) {
      for (; left > 0; left--) into.merge(window);
    },
  };
}

function mergeIntoEmpty(window: Window): Operation {
  return repeated('Window.merge, 200 new endpoints', 20, () => new Window(DEFAULT_LIMITS).merge(window));
}

function decoding(name: string, times: number, window: Window): Operation {
  const bytes = encodeWindow(window);
  return repeated(name, times, () => decodeWindow(bytes, DEFAULT_LIMITS));
}

/** What a flush costs the main thread: a fresh window in the live one's place, and the other one encoded. */
function flush(): Operation {
  const sealed = new TrafficGenerator(200).window(START_MS, FLUSH_MS);
  const aggregator = new Aggregator({ nowMs: START_MS });
  return repeated('seal and encode, 200 endpoints', 20, () => {
    aggregator.seal(START_MS);
    encodeWindow(sealed);
  });
}

function covered(window: Window): CoveredWindow {
  return {
    window,
    fromMs: window.startMs,
    toMs: window.endMs,
    resolution: 'minute',
    skippedRows: 0,
    partial: false,
  };
}
