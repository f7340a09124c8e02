import type { Endpoint } from '@tacho/api-contract';
import { count, duration, percent } from '../../figures.ts';
import { type Cell, cell, flow, type ScreenLine } from '../../screen-line.ts';
import { shown } from '../../shown.ts';
import type { Board } from './board.ts';
import { errorPercent, share } from './listings.ts';

/** One endpoint, looked at more closely: its name, and all that is known of it in figures. */
export function endpointLines({ scene, history }: Board, name: string, width: number): ScreenLine[] {
  const endpoint = scene.reports.endpoints[name];
  const heading: ScreenLine = [cell(shown(name, width), 'heading')];
  if (endpoint === undefined)
    return [heading, [cell(shown('nothing was measured here in this time', width), 'faint')]];
  const throughput = history.trends?.total.throughput ?? null;
  return [heading, ...flow(requestCells(endpoint, throughput), width), ...flow(timeCells(endpoint), width)];
}

function requestCells(endpoint: Endpoint, throughput: number | null): Cell[] {
  const { count: completed, errors, client_errors, server_errors, aborted, streamed } = endpoint;
  return [
    cell(`${count(completed)} requests`),
    ...(throughput === null ? [] : [cell(`${rate(throughput)}/s`)]),
    cell(`2xx 3xx ${count(completed - errors)}`),
    cell(`4xx ${count(client_errors)}`),
    cell(`5xx ${count(server_errors)}`, server_errors > 0 ? 'attention' : 'plain'),
    cell(`${percent(errorPercent(endpoint))} errors`),
    cell(`apdex ${share(endpoint.apdex)}`),
    ...(aborted > 0 ? [cell(`${count(aborted)} aborted`)] : []),
    ...(streamed > 0 ? [cell(`${count(streamed)} streamed`)] : []),
  ];
}

function timeCells({ min_time, avg_time, p50, p90, p95, p99, max_time }: Endpoint): Cell[] {
  const times = { min: min_time, avg: avg_time, p50, p90, p95, p99, max: max_time };
  return Object.entries(times).map(([name, seconds]) => cell(`${name} ${duration(seconds)}`));
}

/** `0.25`, `12.3`, `1,250` */
function rate(perSecond: number): string {
  return perSecond >= 100 ? count(Math.round(perSecond)) : String(Number(perSecond.toPrecision(3)));
}
