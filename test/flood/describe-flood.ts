import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EndpointReport, Summary } from '../admin-api.ts';
import { Connection } from '../load/connection.ts';
import { request } from '../load/request.ts';
import { endAll, start } from '../processes.ts';
import { type Service, startService } from '../service.ts';
import type { FloodPlan } from './load.ts';
import { REAL_ROUTES } from './urls.ts';

/** Keeping the bytecode of the start-up, which V8 would drop meanwhile, makes the growth show as it is. */
const NODE_ARGUMENTS = ['--expose-gc', '--no-flush-bytecode'];
const MAX_GROWTH_BYTES = 3 * 1024 * 1024;
const REAL = 10_000;
const WARM_UP = 10_000;

let service: Service;
let growthBytes: number;
let summary: Summary;
let endpoints: Record<string, EndpointReport>;

/** Warms a service up with real traffic, then floods it; both leave it idle. */
export function describeFlood(distinct: number): void {
  const total = WARM_UP + distinct + 2 * REAL;

  beforeAll(async () => {
    service = await startService('test/flood/service.ts', { nodeArguments: NODE_ARGUMENTS });
    await flood({ strange: WARM_UP, distinct: 1, real: REAL });
    const before = await bytesInUse();
    await flood({ strange: distinct, distinct, real: REAL });
    growthBytes = (await bytesInUse()) - before;
    summary = await service.admin.summary();
    endpoints = await service.admin.endpoints();
  }, 240_000);

  afterAll(endAll);

  describe(`${distinct} distinct URLs amid real traffic`, () => {
    it('cost at most 3 MB', () => {
      console.log(`memory in use grew by ${(growthBytes / 1024).toFixed(0)} KiB`);
      expect(growthBytes).toBeLessThanOrEqual(MAX_GROWTH_BYTES);
    });

    it('are all in the total, and each in one entry', () => {
      expect(summary.total_requests).toBe(total);
      expect(sumOfCounts(endpoints)).toBe(total);
      expect(summary.overflow_requests).toBeGreaterThan(0);
      expect(Object.keys(endpoints).length).toBeLessThanOrEqual(1001);
    });

    it('leave the real routes exact', () => {
      const counts = REAL_ROUTES.map((route) => [route, endpoints[`GET ${route}`]?.count]);
      expect(counts).toEqual(REAL_ROUTES.map((route) => [route, (2 * REAL) / REAL_ROUTES.length]));
    });

    it('leave room for a route that is first asked for afterwards', async () => {
      const connection = await Connection.open(service.ports.koa!);
      await connection.exchange([1, 2, 3].map((id) => request({ method: 'GET', target: `/late/${id}` })));
      await connection.close();
      await service.ask('idle');
      expect((await service.admin.endpoints())['GET /late/:id']).toMatchObject({ count: 3, errors: 0 });
    });
  });
}

async function flood(plan: Omit<FloodPlan, 'ports'>): Promise<void> {
  const ports = service.ports as FloodPlan['ports'];
  const load = start(['node', 'test/flood/load.ts', JSON.stringify({ ...plan, ports })]);
  const { code } = await load.end(200_000);
  if (code !== 0) throw new Error(`the load process failed: ${load.stderr}`);
  await service.ask('idle');
}

async function bytesInUse(): Promise<number> {
  return (await service.ask('bytesInUse')) as number;
}

function sumOfCounts(reports: Record<string, EndpointReport>): number {
  return Object.values(reports).reduce((sum, report) => sum + report.count, 0);
}
