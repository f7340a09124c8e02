import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { runProgram } from './run-node.ts';

/** What a start loads: files of this package by their names, those of others by where they are installed. */
async function loadedBy(options: object): Promise<string[]> {
  const { said, stderr } = await runProgram(
    'module',
    `import { startMonitoring } from 'tacho';
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
    await startMonitoring(${JSON.stringify({ adminApi: false, ...options })}).shutdown();
    console.log(JSON.stringify(loaded.filter((url) => url.startsWith('file:'))));`,
  );
  expect(stderr).toBe('');
  return (said as string[]).map((url) => url.replace(/^.*\/(?:tacho\/dist|node_modules)\//, ''));
}

it('statistics alone load two files, and none of anybody else', async () => {
  expect(await loadedBy({ traces: 'off', store: 'memory' })).toEqual(['monitor.js', 'core.js']);
});

it('a store in a file loads one more, as what works on it is in its thread', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tacho-loaded-'));
  try {
    const loaded = await loadedBy({ traces: 'off', store: join(folder, 'tacho.db') });
    expect(loaded).toEqual(['monitor.js', 'core.js', 'store-sqlite.js']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it('spans load the API of OpenTelemetry and its instrumentation, and not its SDK', async () => {
  const loaded = await loadedBy({ store: 'memory' });
  const own = loaded.filter((file) => !file.includes('/'));
  expect(own.toSorted()).toEqual(['core.js', 'monitor.js', 'otel-base.js', 'otel-lean.js']);
  expect(loaded.filter((file) => /^@opentelemetry\/(?:sdk|exporter|otlp|resources)/.test(file))).toEqual([]);
});
