import { figures, type ReviewReport } from '@tacho/core';
import { figure, label, type Section } from '../section.ts';

const { count, duration, percent } = figures;

type Totals = NonNullable<ReviewReport['comparison']>['change'];
type Name = keyof Totals;

const ROWS: readonly (readonly [Name, string, (value: number | null) => string])[] = [
  ['total_requests', 'requests', whole],
  ['avg_response_time', 'average time', duration],
  ['p50', 'p50', duration],
  ['p95', 'p95', duration],
  ['p99', 'p99', duration],
  ['slow_requests', 'slow (over 2 s)', whole],
  ['error_rate', 'error rate', percent],
  ['client_errors', '4xx', whole],
  ['server_errors', '5xx', whole],
  ['apdex', 'Apdex', (value) => value?.toFixed(2) ?? '–'],
];

/** The figures, and those of the period before. */
export function totals(review: ReviewReport): Section {
  const { period, comparison } = review;
  const now = ROWS.map(([name, title, text]) => [title, text(review[name])]);
  if (comparison === null) {
    return {
      title: 'In figures',
      paragraphs: [],
      tables: [{ columns: [label(''), figure(`this ${period}`)], rows: now }],
    };
  }
  const rows = ROWS.map(([name, title, text]) => [
    title,
    text(review[name]),
    text(comparison[name]),
    changeText(name, review[name], comparison[name], comparison.change[name]),
  ]);
  const columns = [label(''), figure(`this ${period}`), figure('the one before'), figure('change')];
  return { title: 'In figures', paragraphs: [], tables: [{ columns, rows }] };
}

/** Of a rate the difference in percentage points: by how many percent a percentage changed is easily misread. */
function changeText(name: Name, now: number | null, before: number | null, change: number | null): string {
  if (name === 'error_rate') return now === null || before === null ? '–' : points(now - before);
  if (name === 'apdex') return now === null || before === null ? '–' : signed(now - before, 2);
  if (change === null) return now === before ? '0.0%' : '–';
  return Math.abs(change) >= 1000
    ? `${change > 0 ? '+' : ''}${count(Math.round(change))}%`
    : `${signed(change, 1)}%`;
}

export function points(difference: number): string {
  return `${signed(difference, 1)} points`;
}

/** `+1.3`, `-0.2`, `0.0` */
export function signed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  if (Number(text) === 0) return (0).toFixed(decimals);
  return value > 0 ? `+${text}` : text;
}

function whole(value: number | null): string {
  return value === null ? '–' : count(value);
}
