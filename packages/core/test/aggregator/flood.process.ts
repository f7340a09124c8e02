/**
 * A million distinct routes, cut from long URLs, among requests of fifty real ones, through one aggregator. Run with
 * `--expose-gc`; prints as JSON what is asserted of it.
 */
import { Aggregator } from '../../src/aggregator.ts';
import type { RequestRecord } from '../../src/record.ts';
import { DEFAULT_LIMITS, Window } from '../../src/window.ts';

const FLOOD = 1_000_000;
const REAL_ROUTES = 50;
const REAL_EVERY = 5;
/** What is left of a URL without its query, which V8 keeps as a slice of the whole. */
const QUERY = `?q=${'x'.repeat(8000)}`;
/** Only the first can get an entry, so only they need be cut from something that is worth pinning. */
const LONG_URLS = 2000;

const realRoutes = Array.from({ length: REAL_ROUTES }, (_, i) => `/api/v1/resource-${i}/{id}`);

function recordOf(route: string, request: number): RequestRecord {
  return {
    startMs: 1_752_889_345_000 + request,
    durationMs: 0.5 + (request % 4000) / 2,
    method: 'GET',
    route,
    status: request % 10 === 0 ? 404 : 200,
    outcome: 'completed',
    user: undefined,
    traceId: undefined,
  };
}

function floodRoute(request: number): string {
  const path = `/wp-content/${request}/index.php`;
  return request < LONG_URLS ? `${path}${QUERY}`.slice(0, path.length) : path;
}

function usedBytes(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function flood(aggregator: Aggregator): void {
  for (let request = 0; request < FLOOD; request++) {
    aggregator.record(recordOf(floodRoute(request), request));
    if (request % REAL_EVERY === 0) {
      const real = request / REAL_EVERY;
      aggregator.record(recordOf(realRoutes[real % REAL_ROUTES]!, real));
    }
  }
}

const beforeBytes = usedBytes();
const aggregator = new Aggregator({ nowMs: 0 });
for (const route of realRoutes) aggregator.record(recordOf(route, 1));
flood(aggregator);
const grownBytes = usedBytes() - beforeBytes;

const total = new Window(DEFAULT_LIMITS);
total.merge(aggregator.seal(60_000));
for (let request = 0; request < 10; request++)
  aggregator.record(recordOf('/first-seen-after-the-flood', request));
total.merge(aggregator.seal(120_000));

console.log(
  JSON.stringify({
    grownBytes,
    entries: total.endpoints.size,
    requests: [...total.endpoints.entries()].reduce((sum, { stats }) => sum + stats.total, 0),
    real: realRoutes.map((route) => total.endpoints.get(`GET ${route}`)?.stats.count),
    overflowed: total.endpoints.get('* {overflow}')?.stats.count,
    seenAfter: total.endpoints.get('GET /first-seen-after-the-flood')?.stats.count,
  }),
);
