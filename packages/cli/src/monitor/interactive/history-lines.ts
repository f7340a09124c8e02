import type { TrendPoint } from '@tacho/api-contract';
import { count, duration, percent } from '../../figures.ts';
import { cell, GAP_WIDTH, type ScreenLine } from '../../screen-line.ts';
import { shown } from '../../shown.ts';
import { cutToWidth, fitToWidth } from '../../text-width.ts';
import { rangeText } from '../frame.ts';
import type { HistoryOnBoard } from './board.ts';
import { sparkline } from './sparkline.ts';

interface Metric {
  readonly title: string;
  value(point: TrendPoint): number | null;
  text(value: number): string;
}

const METRICS: readonly Metric[] = [
  { title: 'requests', value: ({ requests }) => requests, text: count },
  { title: 'p95', value: ({ p95 = null }) => p95, text: duration },
  { title: 'errors', value: ({ error_rate = null }) => error_rate, text: percent },
];

export const HISTORY_LINES = METRICS.length + 1;

const TITLE_WIDTH = 8;
const FIGURE_WIDTH = 10;
/** Of a terminal that has room for figures beside the bars. */
const WIDE = 44;

/** How requests, their times and their errors went: a heading, and for each a line of bars and its greatest. */
export function historyLines({ trends, missed }: HistoryOnBoard, hours: number, width: number): ScreenLine[] {
  const heading = cell(shown(`history, ${rangeText(hours)}${stepText(trends?.step)}`, width), 'faint');
  if (trends === undefined) {
    const why = missed === undefined ? cell('…', 'faint') : cell(shown(missed, width), 'attention');
    return [[heading], [why]];
  }
  return [[heading], ...METRICS.map((metric) => metricLine(metric, trends.points, width))];
}

function metricLine(
  { title, value, text }: Metric,
  points: readonly TrendPoint[],
  width: number,
): ScreenLine {
  const values = points.map(value);
  const name = fitToWidth(title, Math.min(TITLE_WIDTH, width), 'left');
  const beside = width < WIDE ? 0 : FIGURE_WIDTH + GAP_WIDTH;
  const bars = sparkline(values, width - TITLE_WIDTH - GAP_WIDTH - beside);
  const known = values.filter((each) => each !== null);
  if (beside === 0) return [cell(cutToWidth(`${name}  ${bars}`, width))];
  const greatest = known.length === 0 ? '–' : text(Math.max(...known));
  return [cell(cutToWidth(`${name}  ${bars}  max ${greatest}`, width))];
}

function stepText(step: string | undefined): string {
  return step === undefined ? '' : ` in steps of ${step}`;
}
