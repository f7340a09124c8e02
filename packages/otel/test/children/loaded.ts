/**
 * Starts telemetry and prints which of OpenTelemetry's packages were loaded for it, then those that one answered
 * request has added: `loaded.ts <lean|standard|off>`, with `OTEL_*` variables as the environment.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { registerHooks } from 'node:module';
import type { AddressInfo } from 'node:net';
import { Exclusions, ServerHooks } from '@tacho/http';
import { STRICT } from '../strict-privacy.ts';

const loaded = new Set<string>();
registerHooks({
  load(url, context, nextLoad) {
    const [, name] = /node_modules\/(@opentelemetry\/[^/]+)\//.exec(url) ?? [];
    if (name !== undefined) loaded.add(name);
    return nextLoad(url, context);
  },
});

const { startTelemetry } = await import('../start-telemetry.ts');
const telemetry = await startTelemetry(process.argv[2], {
  serviceName: 'test',
  environment: process.env,
  privacy: STRICT,
  diskPath: '/',
  notices: { warn: () => {}, warnRarely: () => {} },
  record: () => {},
  pseudonymOf: (user) => user,
  otherSpan: () => {},
});
const hooks = new ServerHooks({
  exclusions: new Exclusions([]),
  userOf: () => undefined,
  notMeasured: () => {},
  onEnd: telemetry.exchangeEnded,
  now: Date.now,
  tracing: telemetry.tracing,
});
hooks.install();
const atStart = [...loaded].sort();
const server = createServer((_request, response) => response.end('ok'));
await once(server.listen(0, '127.0.0.1'), 'listening');
const { port } = server.address() as AddressInfo;
await (await fetch(`http://127.0.0.1:${port}/`)).text();
const later = [...loaded].filter((name) => !atStart.includes(name));
process.stdout.write(JSON.stringify({ atStart, later }));
// Where a backend does not answer, a shutdown takes long.
process.exit();
