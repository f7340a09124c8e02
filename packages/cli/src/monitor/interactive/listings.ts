import type { Endpoint, ProcessMetric, SlowRequest, SystemMetric } from '@tacho/api-contract';
import { count, duration, percent, size } from '../../figures.ts';
import { shown } from '../../shown.ts';
import { utcTimeOfDay } from '../../utc.ts';
import type { Board } from './board.ts';
import { HELP_LISTING } from './help.ts';
import { type ListColumn, type Listed, type Listing, listed } from './listing.ts';
import { endpointOf, slowRequestKey } from './slow-request.ts';
import type { ListName, ViewState } from './view-state.ts';

type Named<T> = readonly [name: string, value: T];

const ENDPOINT_COLUMNS: readonly ListColumn<Named<Endpoint>>[] = [
  { title: 'ENDPOINT', text: ([name], width) => shown(name, width), value: ([name]) => name },
  figure('REQUESTS', ([, endpoint]: Named<Endpoint>) => endpoint.count, count),
  figure('P95', ([, { p95 }]) => p95, duration),
  figure('ERRORS', ([, endpoint]) => errorPercent(endpoint), percent),
  figure('AVG', ([, { avg_time }]) => avg_time, duration),
  figure('P50', ([, { p50 }]) => p50, duration),
  figure('P99', ([, { p99 }]) => p99, duration),
  figure('MAX', ([, { max_time }]) => max_time, duration),
  figure('APDEX', ([, { apdex }]) => apdex, share),
  figure('TOTAL', ([, { total_time }]) => total_time, duration),
];

const SLOW_COLUMNS: readonly ListColumn<SlowRequest>[] = [
  {
    title: 'SLOW REQUEST',
    text: (request, width) => shown(endpointOf(request), width),
    value: endpointOf,
  },
  figure('TIME', ({ response_time }: SlowRequest) => response_time, duration),
  figure('STATUS', ({ status_code }) => status_code, String),
  {
    title: 'AT',
    text: ({ timestamp }) => shown(timestamp.slice(0, 19), 19),
    value: ({ timestamp }) => Date.parse(timestamp),
  },
  {
    title: 'TRACE',
    text: ({ trace_id }) => shown(trace_id ?? '–', 32),
    value: ({ trace_id }) => trace_id,
  },
];

const SYSTEM_COLUMNS: readonly ListColumn<SystemMetric>[] = [
  {
    title: 'HOST AT',
    text: ({ timestamp }) => utcTimeOfDay(Date.parse(timestamp)),
    value: ({ timestamp }) => Date.parse(timestamp),
  },
  figure('CPU', ({ cpu_percent }: SystemMetric) => cpu_percent, percent),
  figure('MEMORY', ({ memory_percent }) => memory_percent, percent),
  figure('DISK', ({ disk_percent }) => disk_percent, percent),
  figure('MEMORY FREE', ({ memory_available }) => memory_available, bytes),
  figure('DISK FREE', ({ disk_free }) => disk_free, bytes),
];

const PROCESS_COLUMNS: readonly ListColumn<ProcessMetric>[] = [
  { title: 'PROCESS', text: (process) => processName(process), value: ({ pid }) => pid },
  figure('CPU', (process: ProcessMetric) => process.process_cpu_utilization_percent, percent),
  figure('LOOP P99', (process) => process.nodejs_eventloop_delay_p99, duration),
  figure('HEAP', (process) => process.v8js_memory_heap_used, size),
  figure('RSS', (process) => process.process_memory_usage, size),
  figure('LOOP USE', (process) => process.nodejs_eventloop_utilization_percent, percent),
  figure('GC MAX', (process) => process.v8js_gc_duration_max, duration),
  figure('HEAP LIMIT', (process) => process.v8js_memory_heap_limit, size),
  figure('UP', (process) => process.process_uptime, duration),
];

/** What the state has in view, of what is known. */
export function listedIn(board: Board, list: ListName, state: ViewState): Listed {
  const { sort, filter } = state.lists[list];
  const show = <Row>(listing: Listing<Row>): Listed => listed(listing, sort, filter);
  if (list === 'endpoints') return show(endpointListing(board));
  if (list === 'slow') return show(slowListing(board.slowRequests));
  if (list === 'opened') return show(slowListing(slowRequestsAt(board, state.opened)));
  if (list === 'system') return show(systemListing(board));
  if (list === 'processes') return show(processListing(board));
  return show(HELP_LISTING);
}

function endpointListing({ scene }: Board): Listing<Named<Endpoint>> {
  return {
    columns: ENDPOINT_COLUMNS,
    rows: Object.entries(scene.reports.endpoints),
    keyOf: ([name]) => name,
    textOf: ([name]) => name,
    none: 'no endpoint was asked for yet',
  };
}

function slowListing(rows: readonly SlowRequest[]): Listing<SlowRequest> {
  return {
    columns: SLOW_COLUMNS,
    rows,
    keyOf: slowRequestKey,
    textOf: (request) => `${endpointOf(request)} ${request.status_code}`,
    none: 'no slow request is known',
  };
}

function slowRequestsAt({ slowRequests }: Board, endpoint: string | undefined): SlowRequest[] {
  return slowRequests.filter((request) => endpointOf(request) === endpoint);
}

function systemListing({ scene }: Board): Listing<SystemMetric> {
  return {
    columns: SYSTEM_COLUMNS,
    rows: scene.reports.system_metrics,
    keyOf: ({ timestamp }) => timestamp,
    textOf: ({ timestamp }) => timestamp,
    none: 'nothing is known of the host',
  };
}

function processListing({ scene }: Board): Listing<ProcessMetric> {
  return {
    columns: PROCESS_COLUMNS,
    rows: scene.reports.system_metrics.findLast((entry) => entry.processes.length > 0)?.processes ?? [],
    keyOf: processName,
    textOf: processName,
    none: 'nothing is known of processes',
  };
}

export function errorPercent({ count, errors }: Endpoint): number | null {
  return count === 0 ? null : (errors / count) * 100;
}

/** `0.93` */
export function share(value: number | null): string {
  return value === null ? '–' : value.toFixed(2);
}

function processName({ pid, thread_id }: ProcessMetric): string {
  return thread_id === 0 ? `${pid}` : `${pid} thread ${thread_id}`;
}

function bytes(value: number | null): string {
  return value === null ? '–' : size(value);
}

function figure<Row, Value extends number | null>(
  title: string,
  value: (row: Row) => Value,
  text: (value: Value) => string,
): ListColumn<Row> {
  return { title, value, text: (row) => text(value(row)) };
}
