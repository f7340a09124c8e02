import { performance } from 'node:perf_hooks';
import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';
import type { BatchObservableResult, Meter, MeterProvider } from '@opentelemetry/api';
import { ActiveResources, GarbageCollections, LoopDelays } from '@tacho/runtime';

/** At an export a minute, 1 % of the time at the worst. */
const MOST_COLLECTIONS = 6000;
/** Those of the semantic conventions, in seconds. */
const GC_BOUNDARIES = [0.01, 0.1, 1, 10];

const DELAYS = {
  min: 'minNs',
  max: 'maxNs',
  mean: 'meanNs',
  stddev: 'stddevNs',
  p50: 'p50Ns',
  p90: 'p90Ns',
  p99: 'p99Ns',
} as const;

/**
 * Measures the Node runtime as `nodejs.*`, `v8js.*` and `process.uptime` of the semantic conventions, with the names
 * that OpenTelemetry's own instrumentation of it has. CPU and resident memory are among the host metrics.
 *
 * @returns stops it
 */
export function measureRuntime(meterProvider: MeterProvider): () => void {
  const meter = meterProvider.getMeter('tacho');
  const delays = new LoopDelays({ holdsProcess: true });
  const collections = measureCollections(meter);
  measureLoop(meter, delays);
  measureHeap(meter, () => collections.read());
  measureResources(meter);
  return () => {
    delays.stop();
    collections.stop();
  };
}

function measureCollections(meter: Meter): GarbageCollections {
  const durations = meter.createHistogram('v8js.gc.duration', {
    description: 'Garbage collection duration.',
    unit: 's',
    advice: { explicitBucketBoundaries: GC_BOUNDARIES },
  });
  return new GarbageCollections({
    most: MOST_COLLECTIONS,
    onPause: (pauseMs, type) => durations.record(pauseMs / 1000, { 'v8js.gc.type': type }),
  });
}

function measureLoop(meter: Meter, delays: LoopDelays): void {
  const gauges = Object.entries(DELAYS).map(([name, figure]) => {
    const gauge = meter.createObservableGauge(`nodejs.eventloop.delay.${name}`, {
      description: `Event loop delay since the last export: ${name}.`,
      unit: 's',
    });
    return [gauge, figure] as const;
  });
  const utilization = meter.createObservableGauge('nodejs.eventloop.utilization', {
    description: 'Event loop utilization since the last export.',
    unit: '1',
  });
  const time = meter.createObservableCounter('nodejs.eventloop.time', {
    description: 'Cumulative duration of time the event loop has been in each state.',
    unit: 's',
  });
  let before = performance.eventLoopUtilization();
  const observe = async (result: BatchObservableResult): Promise<void> => {
    const figures = await delays.read();
    for (const [gauge, figure] of gauges) result.observe(gauge, figures[figure] / 1e9);
    const now = performance.eventLoopUtilization();
    result.observe(utilization, performance.eventLoopUtilization(now, before).utilization);
    result.observe(time, now.active / 1000, { 'nodejs.eventloop.state': 'active' });
    result.observe(time, now.idle / 1000, { 'nodejs.eventloop.state': 'idle' });
    before = now;
  };
  meter.addBatchObservableCallback(observe, [...gauges.map(([gauge]) => gauge), utilization, time]);
}

/** @param collected takes in collections that nobody was told of yet, and looks at the next */
function measureHeap(meter: Meter, collected: () => void): void {
  const bytes = (name: string, description: string) =>
    meter.createObservableUpDownCounter(name, { description, unit: 'By' });
  const limit = bytes('v8js.memory.heap.limit', 'Maximum heap size allowed by V8.');
  const used = bytes('v8js.memory.heap.used', 'Heap memory size allocated.');
  const size = bytes('v8js.memory.heap.space.size', 'Heap memory size pre-allocated for a heap space.');
  const available = bytes('v8js.memory.heap.space.available_size', 'Heap space available size.');
  const physical = bytes('v8js.memory.heap.space.physical_size', 'Committed size of a heap space.');
  const external = bytes('v8js.memory.external', 'Memory held outside of the heap by objects in it.');
  const observe = (result: BatchObservableResult): void => {
    collected();
    result.observe(limit, getHeapStatistics().heap_size_limit);
    result.observe(external, process.memoryUsage().external);
    for (const space of getHeapSpaceStatistics()) {
      const attributes = { 'v8js.heap.space.name': space.space_name };
      result.observe(used, space.space_used_size, attributes);
      result.observe(size, space.space_size, attributes);
      result.observe(available, space.space_available_size, attributes);
      result.observe(physical, space.physical_space_size, attributes);
    }
  };
  meter.addBatchObservableCallback(observe, [limit, used, size, available, physical, external]);
}

function measureResources(meter: Meter): void {
  const resources = new ActiveResources();
  const active = meter.createObservableGauge('v8js.resource.active', {
    description: 'Active resources that are currently keeping the event loop alive.',
    unit: '{resource}',
  });
  const uptime = meter.createObservableGauge('process.uptime', {
    description: 'The time the process has been running.',
    unit: 's',
  });
  const observe = (result: BatchObservableResult): void => {
    result.observe(uptime, process.uptime());
    for (const [type, count] of resources.read())
      result.observe(active, count, { 'v8js.resource.type': type });
  };
  meter.addBatchObservableCallback(observe, [active, uptime]);
}
