import {
  type ErrorChangeReport,
  figures,
  type LatencyChangeReport,
  type ReviewReport,
  type SeenEndpointReport,
} from '@tacho/core';
import { figure, label, name, type Section, type Table } from '../section.ts';
import { points } from './totals.ts';

const { count, duration, percent } = figures;

/** Undefined where there is nothing to compare with. */
export function changes({ comparison, changes, period }: ReviewReport): Section | undefined {
  if (comparison === null) return undefined;
  const tables = [
    latency('Slower', changes.slower),
    errors('Failing more', changes.failing_more),
    seen('New', changes.new),
    latency('Faster', changes.faster),
    errors('Failing less', changes.failing_less),
    seen('Not asked for any more', changes.gone),
  ].filter(({ rows }) => rows.length > 0);
  const none = `No endpoint is slower or faster, or fails more or less, than in the ${period} before by more than chance explains.`;
  return { title: 'What changed', paragraphs: tables.length === 0 ? [none] : [], tables };
}

function latency(caption: string, entries: readonly LatencyChangeReport[]): Table {
  return {
    caption,
    columns: [
      label(''),
      figure('before'),
      figure('now'),
      figure('times'),
      figure('requests'),
      name('endpoint'),
    ],
    rows: entries.map((one) => [
      one.percentile,
      duration(one.before),
      duration(one.now),
      timesText(one.times),
      count(one.count),
      one.endpoint,
    ]),
  };
}

function errors(caption: string, entries: readonly ErrorChangeReport[]): Table {
  return {
    caption,
    columns: [figure('before'), figure('now'), figure('change'), figure('requests'), name('endpoint')],
    rows: entries.map(({ endpoint, before, now, count: requests }) => [
      percent(before),
      percent(now),
      points(now - before),
      count(requests),
      endpoint,
    ]),
  };
}

function seen(caption: string, entries: readonly SeenEndpointReport[]): Table {
  return {
    caption,
    columns: [figure('requests'), figure('p95'), figure('errors'), name('endpoint')],
    rows: entries.map(({ endpoint, count: requests, p95, error_rate }) => [
      count(requests),
      duration(p95),
      percent(error_rate),
      endpoint,
    ]),
  };
}

/** `2.4 x`, `0.45 x`, `120 x` */
function timesText(times: number): string {
  return `${times >= 99.5 ? count(Math.round(times)) : times.toPrecision(2)} x`;
}
