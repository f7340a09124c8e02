import { expect, it } from '@jest/globals';
import { runProgram } from './run-node.ts';

const PROGRAM = `
  import http from 'node:http';
  import { once } from 'node:events';
  import { startMonitoring } from 'tacho';

  const server = http.createServer((request, response) => { response.statusCode = 500; response.end(); });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const said = [];
  const logger = { info() {}, warn() {}, error: (entry) => said.push(entry) };
  for (let run = 0; run < 3; run++) {
    const monitoring = startMonitoring({ adminApi: false, logger });
    await (await fetch('http://127.0.0.1:' + server.address().port)).text();
    await monitoring.shutdown();
  }
  server.close();
  console.log(JSON.stringify(said.map((entry) => entry.trace_id)));`;

it('requests have a trace each time it is started anew, and are counted once', async () => {
  const { code, said, stderr } = await runProgram('module', PROGRAM);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(said).toEqual(Array(3).fill(expect.stringMatching(/^[0-9a-f]{32}$/)));
  expect(new Set(said as string[]).size).toBe(3);
});
