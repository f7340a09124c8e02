import type { Clock, RuntimeSample, SystemSample } from '@tacho/core';
import type { Sampler } from './sampling-loop.ts';

const CGROUP_ROOT = '/sys/fs/cgroup';

type Sampled = 'host' | 'process';

/** Of one moment. What could not be sampled is missing. */
export interface Samples {
  readonly host: SystemSample | undefined;
  readonly runtime: RuntimeSample | undefined;
}

export interface SamplerOptions {
  readonly clock: Clock;
  readonly diskPath: string;
  readonly failed: (what: Sampled, error: unknown) => void;
}

/** Loads what samples the host and this thread's runtime, neither of which needs the other. */
export async function loadSampler({ clock, diskPath, failed }: SamplerOptions): Promise<Sampler<Samples>> {
  const attempt = async <Value>(what: Sampled, work: () => Value): Promise<Awaited<Value> | undefined> => {
    try {
      return await work();
    } catch (error) {
      failed(what, error);
      return undefined;
    }
  };
  const [host, runtime] = await Promise.all([
    attempt('host', async () => {
      const { SystemSampler } = await import('@tacho/otel/host');
      return new SystemSampler({ now: clock.now, diskPath, cgroupRoot: CGROUP_ROOT });
    }),
    attempt('process', async () => {
      const { RuntimeSampler } = await import('@tacho/runtime');
      return new RuntimeSampler();
    }),
  ]);
  return {
    async sample() {
      const [hostSample, makeSample] = await Promise.all([
        attempt('host', () => host?.sample()),
        attempt('process', () => runtime?.prepare()),
      ]);
      const timestampMs = hostSample?.timestampMs ?? clock.now();
      const runtimeSample = await attempt('process', () => makeSample?.(timestampMs));
      return { host: hostSample, runtime: runtimeSample };
    },
    async shutdown() {
      runtime?.stop();
      await host?.shutdown();
    },
  };
}
