import type { Summary, SystemMetrics } from '@tacho/api-contract';
import { count, duration, percent, size } from '../figures.ts';
import type { Tone } from '../paint.ts';
import { type Cell, cell, flow, type ScreenLine } from '../screen-line.ts';
import { shown } from '../shown.ts';
import { utcSeconds, utcTimeOfDay } from '../utc.ts';
import { busiestProcess } from './busiest-process.ts';
import { endpointLines, slowRequestLines } from './frame-tables.ts';
import type { Progress } from './progress.ts';
import type { Reports } from './reports.ts';

/** What the live view shows at one moment. */
export interface Scene {
  /** What the figures are of: the service's address, or the file's path. */
  source: string;
  /** How far back the figures reach. */
  hours: number;
  /** Epoch milliseconds, UTC, of the last answer. */
  answeredMs: number;
  reports: Reports;
  /** Why there is no newer answer. */
  missed: string | undefined;
  progress: Progress;
}

const TONE_OF_HEALTH: Readonly<Record<Summary['system_health'], Tone>> = {
  healthy: 'good',
  warning: 'attention',
  critical: 'bad',
  unknown: 'faint',
};

/** A gap, a heading and one row. */
const MIN_TABLE_LINES = 3;

/**
 * The scene within so many columns and rows: where rows are short the slow requests go first, then endpoints.
 */
export function frame(scene: Scene, columns: number, rows: number): ScreenLine[] {
  const head = [
    titleCells(scene),
    trafficCells(scene.reports),
    hostCells(scene.reports),
    missedCells(scene),
  ].flatMap((cells) => flow(cells, columns));
  const ending = scene.progress.nextMs === undefined ? [] : [cell('Ctrl-C ends', 'faint')];
  const foot = flow([...progressCells(scene), ...ending], columns);
  const tables: ScreenLine[] = [];
  for (const lines of [endpointLines(scene.reports, columns), slowRequestLines(scene.reports, columns)]) {
    const room = rows - head.length - foot.length - tables.length;
    if (lines.length > 0 && room >= MIN_TABLE_LINES) tables.push([], ...lines.slice(0, room - 1));
  }
  return [...head, ...tables, ...foot].slice(0, rows);
}

function titleCells({ source, answeredMs }: Scene): Cell[] {
  return [cell(`tacho ${shown(source, 200)}`, 'heading'), cell(utcSeconds(answeredMs), 'faint')];
}

export function trafficCells({ summary }: Reports): Cell[] {
  return [
    cell(summary.system_health, TONE_OF_HEALTH[summary.system_health]),
    cell(`${count(summary.total_requests)} requests`),
    cell(`${percent(summary.error_rate)} errors`, summary.server_errors > 0 ? 'attention' : 'plain'),
    cell(`avg ${duration(summary.avg_response_time)}`),
    cell(`p95 ${duration(summary.p95)}`),
    cell(`${count(summary.slow_requests)} slow`),
  ];
}

export function hostCells({ system_metrics }: Reports): Cell[] {
  const host = system_metrics.at(-1);
  if (host === undefined) return [cell('host unknown', 'faint')];
  return [
    cell(`CPU ${percent(host.cpu_percent)}`),
    cell(`memory ${percent(host.memory_percent)}`),
    cell(`disk ${percent(host.disk_percent)}`),
    ...processCells(system_metrics),
  ];
}

function processCells(metrics: SystemMetrics): Cell[] {
  const { loopDelayP99, heapUsedBytes } = busiestProcess(metrics);
  if (heapUsedBytes === null) return [];
  return [cell(`event loop p99 ${duration(loopDelayP99)}`), cell(`heap ${size(heapUsedBytes)}`)];
}

export function missedCells({ missed }: Scene): Cell[] {
  return missed === undefined ? [] : [cell(shown(missed, 200), 'bad')];
}

export function progressCells({ hours, progress: { sample, samples, nextMs } }: Scene): Cell[] {
  const cells = [
    cell(rangeText(hours), 'faint'),
    cell(`sample ${count(sample)} of ${count(samples)}`, 'faint'),
  ];
  if (nextMs === undefined) return cells;
  return [...cells, cell(`next ${utcTimeOfDay(nextMs)}`, 'faint')];
}

/** `last 24 hours` */
export function rangeText(hours: number): string {
  return hours === 1 ? 'last hour' : `last ${count(hours)} hours`;
}
