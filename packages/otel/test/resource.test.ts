import { describe, expect, it } from '@jest/globals';
import type { Resource } from '@opentelemetry/resources';
import type { Environment } from '../src/environment.ts';
import { resourceOf } from '../src/export/resource.ts';

const DETECTORS = 'OTEL_NODE_RESOURCE_DETECTORS';

const fail = (message: string): never => {
  throw new Error(message);
};

async function detected(
  environment: Environment = {},
  warn: (message: string) => void = fail,
): Promise<Resource> {
  const resource = resourceOf({ serviceName: undefined }, environment, warn);
  await resource.waitForAsyncAttributes?.();
  return resource;
}

it('what is detected tells the process and its host, and nothing of its command line', async () => {
  process.argv.push('--password=hunter2');
  try {
    const { attributes } = await detected();
    const names = Object.keys(attributes);
    expect(names).toEqual(
      expect.arrayContaining([
        'service.instance.id',
        'process.pid',
        'process.runtime.version',
        'host.name',
        'os.type',
        'telemetry.sdk.name',
      ]),
    );
    expect(names.filter((name) => name.startsWith('process.command'))).toEqual([]);
    expect(JSON.stringify(attributes)).not.toContain('hunter2');
    expect(attributes['process.pid']).toBe(process.pid);
  } finally {
    process.argv.pop();
  }
});

it('the service has the name that it is given, or else the default', async () => {
  const { attributes } = resourceOf({ serviceName: 'shop', serviceVersion: '1.2.3' }, {}, fail);
  expect(attributes).toMatchObject({ 'service.name': 'shop', 'service.version': '1.2.3' });
  expect((await detected()).attributes['service.name']).toMatch(/^unknown_service/);
});

describe(`the detectors are those that ${DETECTORS} names`, () => {
  it.each([
    ['all', ['host.name', 'os.type', 'process.pid', 'service.instance.id']],
    ['host,all', ['host.name', 'os.type', 'process.pid', 'service.instance.id']],
    ['none', []],
    ['host,none', []],
    [' host , os', ['host.name', 'os.type']],
    ['process', ['process.pid']],
    ['serviceinstance', ['service.instance.id']],
    ['env', []],
  ])('%s', async (named, shown) => {
    const { attributes } = await detected({ [DETECTORS]: named });
    const signs = ['host.name', 'os.type', 'process.pid', 'service.instance.id'];
    expect(signs.filter((sign) => sign in attributes)).toEqual(shown);
  });

  it.each(['aws', 'HOST', '__proto__', 'x'.repeat(1_000)])(
    'and one that is unknown is warned of: %.20s',
    async (name) => {
      const warnings: string[] = [];
      const { attributes } = await detected({ [DETECTORS]: `os,${name}` }, (message) =>
        warnings.push(message),
      );
      expect(attributes).toHaveProperty(['os.type']);
      expect(attributes).not.toHaveProperty(['host.name']);
      expect(warnings).toEqual([
        `${DETECTORS} has "${name.slice(0, 60)}"; allowed: some of all, none, serviceinstance, process, host, os, env. It is left out.`,
      ]);
    },
  );
});
