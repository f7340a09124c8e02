import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rawExchange, withoutDate } from '../load/raw-exchange.ts';
import { request } from '../load/request.ts';
import { endAll } from '../processes.ts';
import { startReceiver } from '../receiver/start-receiver.ts';
import { startService } from '../service.ts';

/** Far above the second we aim for: catches a process that hangs on to its export. */
const LIMIT_MS = 10_000;

const CLOSE = ['Connection: close'];
const ASKED = [
  request({ method: 'GET', target: '/users/1', headers: CLOSE }),
  request({ method: 'HEAD', target: '/users/1', headers: CLOSE }),
  request({ method: 'POST', target: '/users', headers: CLOSE, body: '{}' }),
  request({ method: 'GET', target: '/fails', headers: CLOSE }),
  request({ method: 'GET', target: '/nowhere', headers: CLOSE }),
];

let expected: readonly string[];

beforeAll(async () => {
  const service = await startService('test/services/users.ts', { monitored: 'no' });
  expected = await repliesOf(service.ports.http!);
  await service.stop();
});

afterAll(endAll);

describe('with a receiver that is no good, the service answers the same and ends soon', () => {
  it.each(['refuses', 'hangs', 'fails'] as const)('%s', async (behaviour) => {
    const receiver = behaviour === 'refuses' ? { url: await closedPort() } : await startReceiver(behaviour);
    const service = await startService('test/services/users.ts', {
      env: {
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_BSP_SCHEDULE_DELAY: '50',
        OTEL_METRIC_EXPORT_INTERVAL: '200',
        OTEL_METRIC_EXPORT_TIMEOUT: '200',
      },
    });
    for (let round = 0; round < 10; round++) {
      expect(await repliesOf(service.ports.http!)).toEqual(expected);
      await pause(100);
    }
    if ('exports' in receiver) expect(await receiver.exports()).toBeGreaterThan(0);
    expect((await service.admin.summary()).total_requests).toBe(10 * ASKED.length);

    const askedToEndAt = performance.now();
    expect(await service.stop()).toEqual({ code: null, signal: 'SIGTERM' });
    const tookMs = performance.now() - askedToEndAt;
    console.log(`a receiver that ${behaviour}: ended ${tookMs.toFixed(0)} ms after SIGTERM`);
    expect(tookMs).toBeLessThan(LIMIT_MS);
  });
});

async function repliesOf(port: number): Promise<string[]> {
  const replies: string[] = [];
  for (const { bytes } of ASKED) {
    replies.push(withoutDate((await rawExchange(port, Buffer.from(bytes, 'latin1'), LIMIT_MS)).bytes));
  }
  return replies;
}

/** The address of a port that was open a moment ago and is not any more. */
function closedPort(): Promise<string> {
  return new Promise((settle) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address() as { port: number };
      server.close(() => settle(`http://127.0.0.1:${address.port}`));
    });
  });
}
