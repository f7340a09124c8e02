import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DiagConsoleLogger, DiagLogLevel, diag, trace } from '@opentelemetry/api';
import { startMonitoring } from 'tacho';
import { whenIdle } from '../../idle.ts';
import { ready } from '../../side-channel.ts';

/**
 * An application that marks spans of its own with an older copy of the API, by a tracer that it has taken before
 * anything was set up. With `diag` as the argument it has registered something with that copy by then.
 */
const tracer = trace.getTracer('application');
if (process.argv[2] === 'diag') diag.setLogger(new DiagConsoleLogger(), DiagLogLevel.NONE);
startMonitoring();

const server = createServer((_request, response) => {
  tracer.startActiveSpan('early', (span) => {
    response.end();
    span.end();
  });
});
await once(server.listen(0, '127.0.0.1'), 'listening');
ready({ http: (server.address() as AddressInfo).port }, { idle: () => whenIdle([server]) });
