import type { Endpoint, SlowRequest } from '@tacho/api-contract';
import { count, duration, percent } from '../figures.ts';
import type { ScreenLine } from '../screen-line.ts';
import { shown } from '../shown.ts';
import { type Column, table } from '../table.ts';
import { utcTimeOfDay } from '../utc.ts';
import type { Reports } from './reports.ts';

const MAX_ENDPOINTS = 10;
const MAX_SLOW_REQUESTS = 5;

/**
 * The busiest endpoints. The figures stand in the order of their worth: a narrow terminal leaves out the
 * last.
 */
const ENDPOINT_COLUMNS: readonly Column<[name: string, endpoint: Endpoint]>[] = [
  { title: 'ENDPOINT', text: ([name], width) => shown(name, width) },
  { title: 'REQUESTS', text: ([, { count: completed }]) => count(completed) },
  { title: 'P95', text: ([, { p95 }]) => duration(p95) },
  { title: 'ERRORS', text: ([, endpoint]) => percent(errorRatePercent(endpoint)) },
  { title: 'AVG', text: ([, { avg_time }]) => duration(avg_time) },
  { title: 'MAX', text: ([, { max_time }]) => duration(max_time) },
];

const SLOW_REQUEST_COLUMNS: readonly Column<SlowRequest>[] = [
  { title: 'SLOWEST', text: ({ method, endpoint }, width) => shown(`${method} ${endpoint}`, width) },
  { title: 'TIME', text: ({ response_time }) => duration(response_time) },
  { title: 'STATUS', text: ({ status_code }) => String(status_code) },
  { title: 'AT', text: ({ timestamp }) => utcTimeOfDay(Date.parse(timestamp)) },
];

/** Nothing where there is none. */
export function endpointLines({ endpoints }: Reports, width: number): ScreenLine[] {
  return table(ENDPOINT_COLUMNS, Object.entries(endpoints).slice(0, MAX_ENDPOINTS), width);
}

export function slowRequestLines({ slow_requests }: Reports, width: number): ScreenLine[] {
  return table(SLOW_REQUEST_COLUMNS, slow_requests.slice(0, MAX_SLOW_REQUESTS), width);
}

function errorRatePercent({ count, errors }: Endpoint): number | null {
  return count === 0 ? null : (errors / count) * 100;
}
