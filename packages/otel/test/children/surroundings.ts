/**
 * Starts telemetry, ends it, and starts it anew, and prints what a handler finds active each time:
 * `surroundings.ts <alone|guest>`, as the first to use OpenTelemetry's API or where somebody else has set it up.
 */
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { context, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { startMeasuring } from '../measuring.ts';

const isGuest = process.argv[2] === 'guest';
if (isGuest) {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(new TracerProvider());
}

const server = createServer((_request, response) => {
  response.end(trace.getActiveSpan() === undefined ? 'none' : 'a span');
});
await once(server.listen(0, '127.0.0.1'), 'listening');
const { port } = server.address() as AddressInfo;
const ask = async (): Promise<string> => (await fetch(`http://127.0.0.1:${port}/`)).text();

/** Whether contexts that are made active by the API are found. */
const contextsWork = (): boolean => {
  const span = trace.wrapSpanContext({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 });
  return context.with(trace.setSpan(ROOT_CONTEXT, span), () => trace.getActiveSpan() === span);
};

const told: unknown[] = [];
const originalRequest = request;
for (let times = 0; times < 2; times++) {
  let records = 0;
  const { telemetry, hooks } = await startMeasuring('lean', {
    environment: process.env,
    record: () => records++,
  });
  const running = {
    active: await ask(),
    contextsWork: contextsWork(),
    fields: propagation.fields(),
    records,
  };
  hooks.uninstall();
  await telemetry.shutdown();
  const ended = { active: await ask(), contextsWork: contextsWork(), fields: propagation.fields() };
  told.push({ running, ended, isRestored: request === originalRequest });
}
server.close();
process.stdout.write(JSON.stringify(told));
