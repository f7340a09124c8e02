import { statfs } from 'node:fs/promises';
import type { MeterProvider } from '@opentelemetry/api';

/**
 * Measures the file system that holds `path` as `system.filesystem.*` of the semantic conventions, which
 * the host metrics package leaves out.
 */
export function measureFilesystem(meterProvider: MeterProvider, path: string): void {
  const meter = meterProvider.getMeter('tacho');
  const usage = meter.createObservableUpDownCounter('system.filesystem.usage', {
    description: 'Reports a filesystem’s space usage across different states.',
    unit: 'By',
  });
  const utilization = meter.createObservableGauge('system.filesystem.utilization', {
    description: 'Fraction of filesystem bytes used.',
    unit: '1',
  });
  meter.addBatchObservableCallback(
    async (result) => {
      const space = await spaceOf(path);
      if (space === undefined) return;
      const mountpoint = { 'system.filesystem.mountpoint': path };
      for (const [state, bytes] of Object.entries(space)) {
        result.observe(usage, bytes, { ...mountpoint, 'system.filesystem.state': state });
      }
      result.observe(utilization, space.used / (space.used + space.free), mountpoint);
    },
    [usage, utilization],
  );
}

/**
 * Bytes in use, open to this process, and kept back for the superuser. What counts as full is `used` over
 * `used + free`, as `df` has it.
 */
async function spaceOf(path: string): Promise<{ used: number; free: number; reserved: number } | undefined> {
  try {
    const { bsize, blocks, bfree, bavail } = await statfs(path);
    return { used: (blocks - bfree) * bsize, free: bavail * bsize, reserved: (bfree - bavail) * bsize };
  } catch {
    return undefined;
  }
}
