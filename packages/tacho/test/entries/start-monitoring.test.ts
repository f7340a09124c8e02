import { describe, expect, it } from '@jest/globals';
import { linesOf, runProgram } from './run-node.ts';

const LOAD = {
  module: "import { startMonitoring } from 'tacho';",
  commonjs: "const { startMonitoring } = require('tacho');",
};
const CALLED_AGAIN = 'tacho: startMonitoring was called again: the first call holds, and its options stay';

const WRONG_OPTIONS = new RegExp(
  [
    '^option "adminApi.port" is "80"; allowed: a whole number from 0 to 65535',
    'option "adminApi.tokens\\[0\\]" is a string of 6 characters; allowed: .*',
    'option "sotre" is unknown; did you mean "store"\\?; allowed: .*$',
  ].join('\n'),
);

describe.each(['module', 'commonjs'] as const)('startMonitoring in a %s', (kind) => {
  const run = (program: string, env: Record<string, string> = {}) =>
    runProgram(kind, `${LOAD[kind]}\n${program}`, { env });

  it('gives a handle at once, and the process ends by itself', async () => {
    const { code, said, stderr } = await run(`
      const monitoring = startMonitoring({ adminApi: false });
      monitoring.shutdown().then((given) => console.log(JSON.stringify([typeof given, monitoring.adminApi ?? null])));
    `);
    expect({ code, said, stderr }).toEqual({ code: 0, said: ['undefined', null], stderr: '' });
  });

  it('throws for wrong options an error that a program can tell', async () => {
    const { code, said, stderr } = await run(`
      try {
        startMonitoring({ adminApi: { port: '80', tokens: ['Xy zzy'] }, sotre: 'memory' });
      } catch ({ name, code, message, hint }) {
        console.log(JSON.stringify({ name, code, message, hint }));
      }
    `);
    expect(said).toEqual({
      name: 'TachoError',
      code: 'TACHO_BAD_OPTION',
      message: expect.stringMatching(WRONG_OPTIONS),
      hint: expect.any(String),
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('ends a program with wrong options that does not care, and says why', async () => {
    const { code, stderr } = await run('startMonitoring(null)');
    expect(code).toBe(1);
    expect(stderr).toContain('TachoError: the argument of startMonitoring is null; allowed: ');
  });

  it('called again gives the same handle and one warning; after a shutdown, a fresh one', async () => {
    const { code, said, stderr } = await run(`
      const first = startMonitoring({ adminApi: false });
      const same = [startMonitoring(), startMonitoring({ adminApi: false })].map((again) => again === first);
      first.shutdown().then(() => {
        const fresh = startMonitoring({ adminApi: false });
        console.log(JSON.stringify([...same, fresh === first]));
        return fresh.shutdown();
      });
    `);
    expect({ code, said }).toEqual({ code: 0, said: [true, true, false] });
    expect(linesOf(stderr)).toEqual([CALLED_AGAIN]);
  });

  it('is told of a wrong environment by one line a variable, and starts', async () => {
    const env = {
      TACHO_ADMIN_PORT: '1e9',
      TACHO_STORE: 'disk',
      TACHO_ADMIN_TOKEN: 'Xy zzy',
      TACHO_DISABLED: 'no',
    };
    const { code, said, stderr } = await run(
      'console.log(JSON.stringify(typeof startMonitoring({ adminApi: false }).shutdown))',
      env,
    );
    expect({ code, said }).toEqual({ code: 0, said: 'function' });
    expect(linesOf(stderr).map((line) => line.split(' ', 3).join(' '))).toEqual([
      'tacho: TACHO_ADMIN_PORT is',
      'tacho: TACHO_ADMIN_TOKEN has',
      'tacho: TACHO_STORE is',
      'tacho: TACHO_DISABLED is',
    ]);
    expect(stderr).not.toContain('zzy');
  });

  it('leaves an application alone whose stderr nobody reads any more', async () => {
    const { code, said } = await runProgram(
      kind,
      `${LOAD[kind]}
      setTimeout(() => {
        startMonitoring({ adminApi: false });
        for (let times = 0; times < 5; times++) startMonitoring();
        setTimeout(() => console.log(JSON.stringify(process.listenerCount('uncaughtException'))), 100);
      }, 100);`,
      { env: { TACHO_ADMIN_PORT: 'x', TACHO_STORE: 'y' }, meanwhile: (child) => child.stderr?.destroy() },
    );
    expect({ code, said }).toEqual({ code: 0, said: 0 });
  });
});

describe('startMonitoring', () => {
  it('is one and the same for import and require', async () => {
    const { said } = await runProgram(
      'module',
      `import { createRequire } from 'node:module';
      import * as imported from 'tacho';
      const required = createRequire(import.meta.url)('tacho');
      console.log(JSON.stringify([required.startMonitoring === imported.startMonitoring, Object.keys(imported)]));`,
    );
    expect(said).toEqual([true, ['startMonitoring']]);
  });

  it('can be called in each thread', async () => {
    const { code, said, stderr } = await runProgram(
      'commonjs',
      `const { startMonitoring } = require('tacho');
      const { Worker } = require('node:worker_threads');
      startMonitoring({ adminApi: false });
      const program = "require('tacho').startMonitoring({ adminApi: false })";
      new Worker(program, { eval: true }).once('exit', (code) => console.log(JSON.stringify(code)));`,
    );
    expect({ code, said, stderr }).toEqual({ code: 0, said: 0, stderr: '' });
  });

  it.each(['TACHO_DISABLED', 'OTEL_SDK_DISABLED'])('does no work at all where %s says so', async (name) => {
    const { said, stderr } = await runProgram(
      'module',
      `import { startMonitoring } from 'tacho';
      import http from 'node:http';
      import { registerHooks } from 'node:module';
      const loaded = [];
      registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
      const emit = http.Server.prototype.emit;
      const handle = startMonitoring({ nonsense: true });
      console.log(JSON.stringify({
        url: handle.adminApi ?? null,
        sameEmit: http.Server.prototype.emit === emit,
        symbols: Object.getOwnPropertySymbols(globalThis).filter((symbol) => /tacho|opentelemetry/.test(String(symbol))).length,
        listeners: process.listenerCount('SIGTERM'),
        timers: process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length,
        loaded,
      }));`,
      { env: { [name]: 'TRUE' } },
    );
    expect(stderr).toBe('');
    expect(said).toEqual({ url: null, sameEmit: true, symbols: 0, listeners: 0, timers: 0, loaded: [] });
  });
});
