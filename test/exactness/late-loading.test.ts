import { afterEach, describe, expect, it } from '@jest/globals';
import { Connection } from '../load/connection.ts';
import { request } from '../load/request.ts';
import { Tally } from '../load/tally.ts';
import { endAll } from '../processes.ts';
import { startService } from '../service.ts';
import { countsOf } from './compare.ts';

const PROGRAMS = [
  'setup-first.mjs',
  'setup-last.mjs',
  'setup-while-serving.mjs',
  'setup-first.cjs',
  'setup-last.cjs',
];

afterEach(endAll);

describe('everything is measured, whatever was loaded before the setup', () => {
  it.each(PROGRAMS)('%s', async (program) => {
    const service = await startService(`test/exactness/late-loading/${program}`, { monitored: 'itself' });
    const tally = await sendTwoHundred(service.ports.http!);
    await service.ask('idle');
    expect(await countsOf(service)).toEqual(Object.fromEntries(tally.endpoints));
    expect((await service.admin.summary()).total_requests).toBe(200);
  });
});

it('a second setup in the same process counts nothing twice', async () => {
  const service = await startService('test/exactness/late-loading/setup-last.mjs');
  const tally = await sendTwoHundred(service.ports.http!);
  await service.ask('idle');
  expect(await countsOf(service)).toEqual(Object.fromEntries(tally.endpoints));
  expect(service.child.stderr.match(/startMonitoring was called again/g)).toHaveLength(1);
});

async function sendTwoHundred(port: number): Promise<Tally> {
  const tally = new Tally();
  const connection = await Connection.open(port);
  for (let n = 0; n < 50; n++) {
    const replies = await connection.exchange([
      request({ method: 'GET', target: `/books/${n}` }),
      request({ method: 'POST', target: `/books/${n}/loans` }),
      request({ method: 'GET', target: `/journals/${n}` }),
      request({ method: 'HEAD', target: `/books/${n}?edition=1` }),
    ]);
    const endpoints = ['GET /books/:id', 'POST /books/:id/loans', 'GET /{name}/{id}', 'HEAD /books/:id'];
    for (const [i, { status }] of replies.entries()) tally.completed(endpoints[i]!, status);
  }
  await connection.close();
  return tally;
}
