import { figures, type ReviewEndpointReport, type ReviewReport } from '@tacho/core';
import { momentText } from '../dates.ts';
import { type Column, figure, label, name, type Section } from '../section.ts';

const { count, duration, percent } = figures;

/** Those that have anything in them. */
export function lists(review: ReviewReport): Section[] {
  const all = [slowestEndpoints(review), mostErrors(review), slowestRequests(review), users(review)];
  return all.filter(({ tables }) => tables.some(({ rows }) => rows.length > 0));
}

function slowestEndpoints({ slowest_endpoints }: ReviewReport): Section {
  return list(
    'Slowest endpoints',
    [figure('p95'), figure('p99'), figure('average'), figure('requests'), name('endpoint')],
    slowest_endpoints.map((one: ReviewEndpointReport) => [
      duration(one.p95),
      duration(one.p99),
      duration(one.avg_time),
      count(one.count),
      one.endpoint,
    ]),
  );
}

function mostErrors({ most_errors }: ReviewReport): Section {
  return list(
    'Most errors',
    [figure('4xx'), figure('5xx'), figure('rate'), figure('requests'), name('endpoint')],
    most_errors.map((one) => [
      count(one.client_errors),
      count(one.server_errors),
      percent(one.error_rate),
      count(one.count),
      one.endpoint,
    ]),
  );
}

function slowestRequests({ slowest_requests }: ReviewReport): Section {
  return list(
    'Slowest requests',
    [label('when'), figure('took'), figure('status'), name('request')],
    slowest_requests.map((one) => [
      momentText(one.timestamp),
      duration(one.response_time),
      String(one.status_code),
      `${one.method} ${one.endpoint}`,
    ]),
  );
}

function users({ heaviest_users }: ReviewReport): Section {
  return list(
    'Heaviest users',
    [figure('requests'), figure('time in all'), figure('p95'), figure('errors'), name('user')],
    (heaviest_users ?? []).map((one) => [
      count(one.count + one.aborted + one.streamed),
      duration(one.total_time),
      duration(one.p95),
      percent(one.error_rate),
      one.user,
    ]),
  );
}

function list(title: string, columns: readonly Column[], rows: readonly string[][]): Section {
  return { title, paragraphs: [], tables: [{ columns, rows }] };
}
