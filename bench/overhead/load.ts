import { startService } from '../../test/service.ts';
import type { Cores } from './cores.ts';
import type { LoadOptions, LoadResult } from './load/generator.ts';

/** The load on a service. */
export interface Load {
  warmUp(): Promise<LoadResult>;
  measure(): Promise<LoadResult>;
}

/** Connects a process of its own to a service, for as long as `use` takes. */
export async function withLoad<T>(
  options: LoadOptions,
  cores: Cores,
  use: (load: Load) => Promise<T>,
): Promise<T> {
  const generator = await startService('bench/overhead/load/generator.ts', {
    monitored: 'no',
    prefix: cores.load,
    arguments: [JSON.stringify(options)],
  });
  try {
    return await use({
      warmUp: async () => (await generator.ask('warm up')) as LoadResult,
      measure: async () => (await generator.ask('measure')) as LoadResult,
    });
  } finally {
    await generator.child.stop('SIGKILL');
  }
}
