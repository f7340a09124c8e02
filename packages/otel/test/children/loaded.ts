/**
 * Starts telemetry and prints which of OpenTelemetry's packages were loaded for it, then those that one answered
 * request has added: `loaded.ts <lean|standard|off>`, with `OTEL_*` variables as the environment.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { registerHooks } from 'node:module';
import type { AddressInfo } from 'node:net';

const loaded = new Set<string>();
registerHooks({
  load(url, context, nextLoad) {
    const [, name] = /node_modules\/(@opentelemetry\/[^/]+)\//.exec(url) ?? [];
    if (name !== undefined) loaded.add(name);
    return nextLoad(url, context);
  },
});

const { startMeasuring } = await import('../measuring.ts');
await startMeasuring(process.argv[2], {
  environment: process.env,
  record: () => {},
  instrumentations: 'auto',
  packageFolders: () => [import.meta.dirname],
});
const atStart = [...loaded].sort();
const server = createServer((_request, response) => response.end('ok'));
await once(server.listen(0, '127.0.0.1'), 'listening');
const { port } = server.address() as AddressInfo;
await (await fetch(`http://127.0.0.1:${port}/`)).text();
const later = [...loaded].filter((name) => !atStart.includes(name));
process.stdout.write(JSON.stringify({ atStart, later }));
// Where a backend does not answer, a shutdown takes long.
process.exit();
