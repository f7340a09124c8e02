import { afterAll, expect, it } from '@jest/globals';
import { SpanReceiver } from '../parity/span-receiver.ts';
import { endAll } from '../processes.ts';
import { startService } from '../service.ts';

afterAll(endAll);

const BOTH_NAMED =
  /several versions of @opentelemetry\/api.*1\.10\.0 in node_modules\/@opentelemetry\/api, 1\.9\.1 in test\/apps\/sdk-2\/node_modules\/@opentelemetry\/api/;

/** Asks an application that has an older copy of the API once. */
async function ask(mode: string) {
  const receiver = await SpanReceiver.start();
  const service = await startService('test/apps/sdk-2/early.ts', {
    monitored: 'itself',
    arguments: [mode],
    env: receiver.environment,
  });
  await fetch(`http://127.0.0.1:${service.ports.http}/`).then((reply) => reply.text());
  const { total_requests } = await service.admin.summary();
  await service.stop();
  receiver.close();
  return { spans: receiver.spans.map(({ span }) => span), total_requests, stderr: service.child.stderr };
}

it('a tracer of another copy, taken before there was a provider, makes children of the requests’ spans', async () => {
  const { spans, stderr } = await ask('');
  const [early, server] = spans;
  expect(spans.map(({ name }) => name)).toEqual(['early', 'GET']);
  expect(early?.parentSpanId).toBe(server?.spanId);
  expect(stderr).not.toMatch(/several versions/);
});

it('two versions of which one shuts the other out are named, and requests are counted without spans', async () => {
  const { spans, total_requests, stderr } = await ask('diag');
  expect(stderr).toMatch(BOTH_NAMED);
  expect(spans).toEqual([]);
  expect(total_requests).toBe(1);
});
