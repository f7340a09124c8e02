import { expect, it } from '@jest/globals';
import { detectResources } from '@opentelemetry/resources';
import { RESOURCE_DETECTORS } from '../src/resource-detectors.ts';

it('what is detected tells the process and its host, and nothing of its command line', async () => {
  process.argv.push('--password=hunter2');
  try {
    const resource = detectResources({ detectors: [...RESOURCE_DETECTORS] });
    await resource.waitForAsyncAttributes?.();
    const names = Object.keys(resource.attributes);
    expect(names).toEqual(
      expect.arrayContaining([
        'service.instance.id',
        'process.pid',
        'process.runtime.version',
        'host.name',
        'os.type',
      ]),
    );
    expect(names.filter((name) => name.startsWith('process.command'))).toEqual([]);
    expect(JSON.stringify(resource.attributes)).not.toContain('hunter2');
    expect(resource.attributes['process.pid']).toBe(process.pid);
  } finally {
    process.argv.pop();
  }
});
