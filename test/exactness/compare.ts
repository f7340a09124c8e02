import { expect } from '@jest/globals';
import type { EndpointReport, Summary } from '../admin-api.ts';
import type { EndpointTally } from '../load/tally.ts';
import { start } from '../processes.ts';
import { type Service, startService } from '../service.ts';
import { HEALTH_CHECK } from './kinds.ts';
import type { LoadPlan, LoadResult } from './load.ts';

/** The two books of the same requests: the client's and the service's. */
export interface Books {
  readonly client: LoadResult;
  /** The endpoints report, cut down to the fields a client can know. */
  readonly endpoints: Record<string, EndpointTally>;
  readonly summary: Summary;
  readonly slowRequests: readonly Record<string, unknown>[];
  readonly serviceErrors: string;
}

/** Puts a service under load from another process and asks it, once it is idle, what it counted. */
export async function measure(
  load: Omit<LoadPlan, 'ports'>,
  env: Readonly<Record<string, string>> = {},
  limitMs = 200_000,
): Promise<Books> {
  const service = await startService('test/exactness/service.ts', { env });
  const client = await sendLoad({ ...load, ports: service.ports as LoadPlan['ports'] }, limitMs);
  await service.ask('idle');
  const books = {
    client,
    endpoints: await countsOf(service),
    summary: await service.admin.summary(),
    slowRequests: await service.admin.slowRequests(load.slow),
    serviceErrors: service.child.stderr,
  };
  await service.stop();
  return books;
}

/** @param odd how often each of the odd requests was sent */
export function expectEqualBooks({ client, endpoints, summary }: Books, odd: number): void {
  expect(endpoints).toEqual(client.endpoints);
  expect(summary.total_requests).toBe(client.total);
  expect(summary.overflow_requests).toBe(0);
  expect(summary.not_measured).toMatchObject(expectedNotMeasured(client, odd));
}

/** How the requests that are no endpoint's must be counted. */
function expectedNotMeasured(client: LoadResult, odd: number): Record<string, number> {
  const rejected = Object.entries(client.refused).map(([status, count]) => [`rejected ${status}`, count]);
  return { ...Object.fromEntries(rejected), [`excluded ${HEALTH_CHECK}`]: odd };
}

export async function countsOf(service: Service): Promise<Record<string, EndpointTally>> {
  const reports = Object.entries(await service.admin.endpoints());
  return Object.fromEntries(reports.map(([endpoint, report]) => [endpoint, counts(report)]));
}

function counts({
  count,
  errors,
  client_errors,
  server_errors,
  aborted,
  streamed,
}: EndpointReport): EndpointTally {
  return { count, errors, client_errors, server_errors, aborted, streamed };
}

async function sendLoad(plan: LoadPlan, limitMs: number): Promise<LoadResult> {
  const load = start(['node', 'test/exactness/load.ts', JSON.stringify(plan)]);
  const { code } = await load.end(limitMs);
  if (code !== 0) throw new Error(`the load process failed: ${load.stderr}`);
  return JSON.parse(load.stdout) as LoadResult;
}
