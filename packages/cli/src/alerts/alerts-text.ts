import type { Alert, AlertCause, AlertNotifier, Alerts, Silence } from '@tacho/api-contract';
import { duration, percent } from '../figures.ts';
import type { Paint, Tone } from '../paint.ts';
import { shown } from '../shown.ts';
import { cutToWidth, fitToWidth, widthOf } from '../text-width.ts';

/** How many of those that resolved are listed: the rest is in the JSON. */
const MAX_RESOLVED = 10;
const MAX_CELL_WIDTH = 40;
const GAP = '  ';

interface Row {
  readonly cells: readonly string[];
  readonly tone: Tone;
  /** On a line below. */
  readonly note?: string;
}

/** Alerts and silences as lines, none of them wider than `width`. */
export function alertsText(alerts: Alerts, width: number, paint: Paint): string {
  const { evaluated, active, recent, silences, notifiers } = alerts;
  const lines: string[] = [];
  if (evaluated === null) lines.push(paint('attention', 'The rules have not been looked at yet.'));
  else if (active.length === 0) lines.push(paint('good', `Nothing fires, as of ${timeOf(evaluated)}.`));
  const section = (title: string, heads: readonly string[], rows: readonly Row[]): void => {
    if (rows.length === 0) return;
    if (lines.length > 0) lines.push('');
    if (title !== '') lines.push(paint('heading', title));
    lines.push(...rowsText([{ cells: heads, tone: 'faint' }, ...rows], width, paint));
  };
  section('', ALERT_HEADS, active.map(alertRow));
  section('Resolved', ALERT_HEADS, recent.slice(0, MAX_RESOLVED).map(alertRow));
  section('Silences', ['ID', 'UNTIL', 'RULE', 'BY', 'SUBJECT'], silences.map(silenceRow));
  section('Not told', ['NOTIFIER', 'WHY'], notifiers.flatMap(failureRow));
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

const ALERT_HEADS = ['STATE', 'SEVERITY', 'RULE', 'VALUE', 'SINCE', 'SUBJECT'];

const TONES: Readonly<Record<Alert['state'], Tone>> = {
  firing: 'bad',
  pending: 'attention',
  resolved: 'plain',
};

function alertRow(alert: Alert): Row {
  const { state, severity, rule, value, threshold, unit, subject, started, silenced, causes } = alert;
  const figure = (of: number | null): string => figureOf(of, unit);
  return {
    cells: [
      silenced ? `${state}, silenced` : state,
      severity,
      rule,
      `${figure(value)} (over ${figure(threshold)})`,
      timeOf(started),
      subject,
    ],
    tone: TONES[state],
    ...(causes.length === 0 ? {} : { note: `from ${causes.map(causeOf).join(', ')}` }),
  };
}

function causeOf({ dimension, value, share }: AlertCause): string {
  const named = value === null ? dimension : `${dimension} ${shown(value, MAX_CELL_WIDTH)}`;
  return `${named} ${percent(share * 100)}`;
}

function figureOf(value: number | null, unit: Alert['unit']): string {
  if (unit === 's') return duration(value);
  if (unit === 'percent') return percent(value);
  return value === null ? '–' : `${value.toPrecision(3)}×`;
}

function silenceRow({ id, until, rule, subject, by, comment }: Silence): Row {
  return {
    cells: [id, timeOf(until), rule ?? 'any', by ?? '–', subject ?? 'any'],
    tone: 'plain',
    ...(comment === '' ? {} : { note: comment }),
  };
}

function failureRow({ name, failure }: AlertNotifier): Row[] {
  return failure === null ? [] : [{ cells: [name, failure], tone: 'attention' }];
}

/** `2026-11-23T12:45:01Z` */
function timeOf(timestamp: string): string {
  return timestamp.replace(/\.\d+Z$/, 'Z');
}

/** Below each other; the last of a row takes what room there is. */
function rowsText(rows: readonly Row[], width: number, paint: Paint): string[] {
  const safe = rows.map((row) => ({
    ...row,
    cells: row.cells.map((text, index) => shown(text, index < row.cells.length - 1 ? MAX_CELL_WIDTH : width)),
  }));
  const widths = (safe[0]?.cells ?? []).map((_, index) =>
    Math.max(...safe.map(({ cells }) => widthOf(cells[index] ?? ''))),
  );
  return safe.flatMap(({ cells, tone, note }) => {
    const line = cells.map((text, index) =>
      index < cells.length - 1 ? fitToWidth(text, widths[index] ?? 0, 'left') : text,
    );
    const text = paint(tone, cutToWidth(line.join(GAP), width).trimEnd());
    return note === undefined ? [text] : [text, paint('faint', shown(`${GAP}${note}`, width))];
  });
}
