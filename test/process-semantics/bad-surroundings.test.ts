import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Connection } from '../load/connection.ts';
import { request } from '../load/request.ts';
import { endAll, start } from '../processes.ts';
import { ADMIN_ENVIRONMENT, startService } from '../service.ts';
import { oldNode } from './old-node.ts';

const SCENARIOS = 'test/process-semantics/scenarios.mjs';
const REGISTER = ['--import', 'tacho/register'];

afterEach(endAll);

describe('one clear line, and the host runs on', () => {
  it('when the port of the admin API is in use', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const port = String((taken.address() as { port: number }).port);
    const env = { ...ADMIN_ENVIRONMENT, TACHO_ADMIN_PORT: port };
    const child = start(['node', ...REGISTER, SCENARIOS, 'drains its event loop'], { env });
    const exit = await child.end();
    taken.close();
    expect(exit).toEqual({ code: 0, signal: null });
    expect(linesOf(child.stderr)).toEqual([expect.stringContaining(port)]);
  });

  it('when there is no token and no terminal', async () => {
    const child = start(['node', ...REGISTER, SCENARIOS, 'drains its event loop'], {
      env: { TACHO_ADMIN_PORT: '0', TACHO_STORE: 'memory' },
    });
    expect(await child.end()).toEqual({ code: 0, signal: null });
    expect(linesOf(child.stderr)).toEqual([expect.stringContaining('TACHO_ADMIN_TOKEN')]);
  });

  it('when the user hook throws at every request', async () => {
    const service = await startService('test/process-semantics/throwing-hook.mjs', { monitored: 'itself' });
    const connection = await Connection.open(service.ports.http!);
    const replies = await connection.exchange(
      Array.from({ length: 50 }, () => request({ method: 'GET', target: '/' })),
    );
    await connection.close();
    await service.ask('idle');
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
    expect((await service.admin.endpoints())['GET /']).toMatchObject({ count: 50, errors: 0 });
    expect(linesOf(service.child.stderr).filter((line) => line.includes('user'))).toHaveLength(1);
  });

  const old = oldNode();
  (old === undefined ? it.skip : it)('when Node is too old', async () => {
    const loaded = start([old!, ...REGISTER, SCENARIOS, 'calls process.exit(3)'], { env: ADMIN_ENVIRONMENT });
    expect(await loaded.end()).toEqual({ code: 3, signal: null });
    expect(linesOf(loaded.stderr)).toEqual([expect.stringMatching(/tacho.*Node/)]);

    const called = start([old!, 'test/process-semantics/only-sets-up.mjs'], { env: ADMIN_ENVIRONMENT });
    expect(await called.end()).toEqual({ code: 0, signal: null });
    expect([called.stdout, linesOf(called.stderr)]).toEqual([
      'set up\n',
      [expect.stringMatching(/tacho.*Node/)],
    ]);
  });
});

describe('tacho keeps no process alive', () => {
  it('that only sets it up', async () => {
    const startedAt = performance.now();
    const child = start(['node', 'test/process-semantics/only-sets-up.mjs'], { env: ADMIN_ENVIRONMENT });
    await child.output('stdout', /set up/);
    const setUpAt = performance.now();
    expect(await child.end()).toEqual({ code: 0, signal: null });
    const figures = [setUpAt - startedAt, performance.now() - setUpAt].map((ms) => ms.toFixed(0));
    console.log(`set up ${figures[0]} ms after the start, ended ${figures[1]} ms later`);
  });
});

it('does nothing and says nothing when it is disabled', async () => {
  const env = { ...ADMIN_ENVIRONMENT, TACHO_DISABLED: 'true' };
  const child = start(['node', ...REGISTER, SCENARIOS, 'counts its listeners'], { env });
  const without = start(['node', SCENARIOS, 'counts its listeners']);
  expect(await child.end()).toEqual(await without.end());
  expect([child.stdout, child.stderr]).toEqual([without.stdout, '']);
});

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}
