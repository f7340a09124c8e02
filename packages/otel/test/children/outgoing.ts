/**
 * Sends requests with the instrumentation of outgoing requests enabled and disabled in turn, and prints which of them
 * had a span, and whether each way to the functions of `node:http` and `node:https` led to the patched ones.
 */
import { once } from 'node:events';
import * as httpNamespace from 'node:http';
import httpDefault, { createServer, get, type IncomingMessage, request } from 'node:http';
import httpsDefault, { request as secureRequest } from 'node:https';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { context, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { suppressTracing, W3CTraceContextPropagator } from '@opentelemetry/core';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { outgoingHttp } from '../../src/outgoing-http.ts';

const require = createRequire(import.meta.url);
const required = require('node:http') as typeof httpDefault;
const original = { get: httpDefault.get, request: httpDefault.request, secure: httpsDefault.request };

const exporter = new InMemorySpanExporter();
const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
trace.setGlobalTracerProvider(provider);
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
propagation.setGlobalPropagator(new W3CTraceContextPropagator());

const incoming: (string | undefined)[] = [];
const server = createServer((asked, response) => {
  incoming.push(asked.headers.traceparent as string | undefined);
  response.end('ok');
});
await once(server.listen(0, '127.0.0.1'), 'listening');
const { port } = server.address() as AddressInfo;

/** @returns how many spans a request has, and whether it told the server the trace that was active */
async function sent(send: typeof get, within = (run: () => void) => run()) {
  exporter.reset();
  const parent = provider.getTracer('test').startSpan('parent');
  const { traceId } = parent.spanContext();
  const reply = new Promise<IncomingMessage>((settle) => {
    context.with(trace.setSpan(ROOT_CONTEXT, parent), () =>
      within(() => {
        send({ port, path: '/' }, settle).end();
      }),
    );
  });
  await once((await reply).resume(), 'close');
  await provider.forceFlush();
  return { spans: exporter.getFinishedSpans().length, isTraced: incoming.at(-1)?.includes(traceId) ?? false };
}

/** Whether what is had in each way is the function that was there at first. */
function areOriginal(): boolean[] {
  return [
    httpDefault.request === original.request,
    httpDefault.get === original.get,
    required.request === original.request,
    httpNamespace.request === original.request,
    request === original.request,
    get === original.get,
    httpsDefault.request === original.secure,
    secureRequest === original.secure,
  ];
}

const emit = httpDefault.Server.prototype.emit;
const outgoing = outgoingHttp();
const told: Record<string, unknown> = { new: areOriginal() };
for (const round of ['first', 'second']) {
  outgoing.enable();
  outgoing.enable();
  told[`${round} enabled`] = areOriginal();
  told[`${round} traced`] = [
    await sent(httpDefault.get),
    await sent(get),
    await sent(request as typeof get),
    await sent(required.request as typeof get),
    await sent(get, (run) => context.with(suppressTracing(context.active()), run)),
  ];
  told[`${round} leaves servers alone`] = httpDefault.Server.prototype.emit === emit;
  outgoing.disable();
  outgoing.disable();
  told[`${round} disabled`] = areOriginal();
  told[`${round} untraced`] = await sent(get);
}
server.close();
server.closeAllConnections();
process.stdout.write(JSON.stringify(told));
