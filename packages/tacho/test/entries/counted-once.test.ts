import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import { linesOf, PACKAGE, runProgram } from './run-node.ts';

const TOKEN = 'a-token-for-this-test';
const folder = mkdtempSync(join(tmpdir(), 'tacho-copy-'));

afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('however often it is set up, and by whichever copy and module system, a request is counted once', async () => {
  for (const part of ['package.json', 'dist'])
    cpSync(join(PACKAGE, part), join(folder, part), { recursive: true });
  symlinkSync(resolve(PACKAGE, '../../node_modules'), join(folder, 'node_modules'));
  const { code, said, stderr } = await runProgram(
    'module',
    `import http from 'node:http';
    import { createRequire } from 'node:module';
    import { startMonitoring } from 'tacho';
    import { trace } from '@opentelemetry/api';
    const require = createRequire(import.meta.url);
    const copy = ${JSON.stringify(join(folder, 'dist/index.cjs'))};
    const setups = [startMonitoring, require('tacho').startMonitoring, require(copy).startMonitoring];
    const handles = setups.map((setup) => setup());
    const spans = new Set();
    const server = http.createServer((request, response) => {
      spans.add(trace.getActiveSpan());
      response.end();
    });
    await new Promise((settle) => server.listen(0, '127.0.0.1', settle));
    handles.push(...setups.map((setup) => setup()));
    for (let n = 0; n < 10; n++) await (await fetch('http://127.0.0.1:' + server.address().port)).text();
    const [handle] = handles;
    while (handle.adminApi === undefined) await new Promise((settle) => setTimeout(settle, 10));
    const headers = { authorization: 'Bearer ${TOKEN}' };
    const summary = await (await fetch(handle.adminApi.url + '/api/performance/summary', { headers })).json();
    await handle.shutdown();
    server.close();
    server.closeAllConnections();
    console.log(JSON.stringify({
      counted: summary.total_requests, spans: spans.size, handles: new Set(handles).size,
      listeners: process.listenerCount('SIGTERM'),
    }));`,
    {
      nodeArguments: ['--import', 'tacho/register'],
      env: { TACHO_ADMIN_PORT: '0', TACHO_ADMIN_TOKEN: TOKEN },
    },
  );
  expect({ code, said }).toEqual({ code: 0, said: { counted: 10, spans: 10, handles: 1, listeners: 0 } });
  expect(linesOf(stderr).filter((line) => !line.includes('the admin API is at'))).toEqual([
    expect.stringMatching(/^tacho: startMonitoring was called again/),
  ]);
});
