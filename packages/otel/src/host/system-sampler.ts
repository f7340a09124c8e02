import { DataPointType, MeterProvider, MetricReader, type ResourceMetrics } from '@opentelemetry/sdk-metrics';
import type { SystemSample } from '@tacho/core';
import { type ContainerReading, readContainer } from './cgroup.ts';
import { measureFilesystem } from './filesystem-metrics.ts';
import { measureHost } from './host-metrics.ts';

/** Processor seconds since boot or start, whose differences give the share that was busy. */
interface CpuTimes {
  readonly busySeconds: number;
  readonly totalSeconds: number;
  /** Cores of the container's limit, undefined for the host's times: only like goes with like. */
  readonly limitCores: number | undefined;
}

export interface SystemSamplerOptions {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** The disk to watch is the one that holds this path. */
  readonly diskPath: string;
  /** Where control groups are mounted: `/sys/fs/cgroup`. */
  readonly cgroupRoot: string;
}

/**
 * Makes system samples from host metrics. It has a meter provider to itself, so it works alike whether
 * metrics are exported, and by whose SDK. In a container with limits, what the container may use stands for
 * the host.
 */
export class SystemSampler {
  readonly #options: SystemSamplerOptions;
  readonly #reader = new OnDemandReader();
  readonly #provider: MeterProvider;
  #before: CpuTimes | undefined;

  constructor(options: SystemSamplerOptions) {
    this.#options = options;
    this.#provider = new MeterProvider({ readers: [this.#reader] });
    measureHost(this.#provider);
    measureFilesystem(this.#provider, options.diskPath);
  }

  /** The share of busy CPU is since the call before; the first call gives none. */
  async sample(): Promise<SystemSample> {
    const [{ resourceMetrics }, container] = await Promise.all([
      this.#reader.collect(),
      readContainer(this.#options.cgroupRoot),
    ]);
    const states = statesOf(resourceMetrics);
    const timestampMs = this.#options.now();
    return {
      timestampMs,
      cpuPercent: this.#cpuPercent(container, states('system.cpu.time', 'cpu.mode', 'system.cpu.state')),
      ...memoryOf(container, states('system.memory.usage', 'system.memory.state')),
      ...diskOf(states('system.filesystem.usage', 'system.filesystem.state')),
    };
  }

  shutdown(): Promise<void> {
    return this.#provider.shutdown();
  }

  #cpuPercent({ cpu }: ContainerReading, host: States): number | null {
    const now = cpu === undefined ? hostCpuTimes(host) : containerCpuTimes(cpu);
    const before = this.#before;
    this.#before = now;
    if (before === undefined || now === undefined || before.limitCores !== now.limitCores) return null;
    return percentOf(now.busySeconds - before.busySeconds, now.totalSeconds - before.totalSeconds);
  }
}

class OnDemandReader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}

  protected override async onShutdown(): Promise<void> {}
}

type States = ReadonlyMap<string, number>;

/** Sums a metric's points by the attribute that names their state. */
function statesOf(metrics: ResourceMetrics): (metric: string, ...attributes: string[]) => States {
  const all = metrics.scopeMetrics.flatMap((scope) => scope.metrics);
  return (name, ...attributes) => {
    const sums = new Map<string, number>();
    const metric = all.find((candidate) => candidate.descriptor.name === name);
    if (metric?.dataPointType !== DataPointType.SUM && metric?.dataPointType !== DataPointType.GAUGE)
      return sums;
    for (const point of metric.dataPoints) {
      const state = attributes
        .map((attribute) => point.attributes[attribute])
        .find((value) => value !== undefined);
      if (state !== undefined) sums.set(String(state), (sums.get(String(state)) ?? 0) + point.value);
    }
    return sums;
  };
}

function hostCpuTimes(states: States): CpuTimes | undefined {
  const totalSeconds = [...states.values()].reduce((sum, seconds) => sum + seconds, 0);
  if (totalSeconds === 0) return undefined;
  return { busySeconds: totalSeconds - (states.get('idle') ?? 0), totalSeconds, limitCores: undefined };
}

/** The monotonic clock, since a group's own time goes on while the wall clock is set. */
function containerCpuTimes({ usedSeconds, limitCores }: NonNullable<ContainerReading['cpu']>): CpuTimes {
  return { busySeconds: usedSeconds, totalSeconds: (performance.now() / 1e3) * limitCores, limitCores };
}

function memoryOf(
  { memory }: ContainerReading,
  host: States,
): Pick<SystemSample, 'memoryPercent' | 'memoryAvailableBytes'> {
  const used = host.get('used');
  const free = host.get('free');
  if (used === undefined || free === undefined) return { memoryPercent: null, memoryAvailableBytes: null };
  // A group without a limit reports one near 2^63.
  if (memory === undefined || memory.limitBytes >= used + free) {
    return { memoryPercent: percentOf(used, used + free), memoryAvailableBytes: free };
  }
  return {
    memoryPercent: percentOf(memory.usedBytes, memory.limitBytes),
    memoryAvailableBytes: Math.max(0, memory.limitBytes - memory.usedBytes),
  };
}

function diskOf(states: States): Pick<SystemSample, 'diskPercent' | 'diskFreeBytes'> {
  const used = states.get('used');
  const free = states.get('free');
  if (used === undefined || free === undefined) return { diskPercent: null, diskFreeBytes: null };
  return { diskPercent: percentOf(used, used + free), diskFreeBytes: free };
}

function percentOf(part: number, whole: number): number | null {
  if (!(whole > 0)) return null;
  return Math.min(100, Math.max(0, (part / whole) * 100));
}
