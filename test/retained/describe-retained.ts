import { afterAll, expect, it } from '@jest/globals';
import { endAll, start } from '../processes.ts';
import { startReceiver } from '../receiver/start-receiver.ts';

const LIMIT_MS = 300_000;

export const ALL_WAYS: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['spans of our own', {}],
  ['spans of our own that are exported', { export: 'on' }],
  ['spans of our own of which few are exported', { export: 'on', OTEL_TRACES_SAMPLER: 'always_off' }],
  ['OpenTelemetry’s spans', { TACHO_HTTP: 'standard' }],
  ['no spans', { TACHO_TRACES: 'off' }],
];

/** That nothing of so many requests outlives them, in these ways to measure them. */
export function describeRetained(requests: number, ways = ALL_WAYS): void {
  afterAll(endAll);

  it.each(ways)(`nothing of ${requests} requests is alive after them: with %s`, async (_, given) => {
    const { export: isExported, ...env } = given;
    const receiver = isExported === undefined ? undefined : await startReceiver('answers');
    const exporting = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver?.url ?? '', OTEL_BSP_SCHEDULE_DELAY: '50' };
    const child = start(['node', '--expose-gc', 'test/retained/child.ts', String(requests / 10)], {
      env: { ...env, ...(receiver === undefined ? {} : exporting) },
    });
    const exit = await child.end(LIMIT_MS);
    expect({ exit, stderr: child.stderr }).toEqual({ exit: { code: 0, signal: null }, stderr: '' });
    const { seen, alive } = JSON.parse(child.stdout) as Record<'seen' | 'alive', Record<string, number>>;
    expect(seen.requests).toBeGreaterThanOrEqual(requests);
    expect(alive).toEqual(Object.fromEntries(Object.keys(seen).map((name) => [name, 0])));
  });
}
