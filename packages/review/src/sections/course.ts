import { type AverageAndPeak, figures, type ReviewReport, type ReviewStepReport } from '@tacho/core';
import { dayText, momentText, timeText } from '../dates.ts';
import { bar, figure, label, type Section, type Sparkline } from '../section.ts';

const { count, duration, percent } = figures;

/** Hour by hour of a day, day by day of a week or month: what was asked for, and how the host was. */
export function course(review: ReviewReport): Section {
  const { steps, step, busiest_hours } = review;
  const isByHour = step === '1h';
  const most = Math.max(1, ...steps.map(({ total_requests }) => total_requests));
  const columns = [
    label(isByHour ? 'from' : 'day'),
    bar(''),
    ...[figure('requests'), figure('p95'), figure('errors')],
    ...[figure('CPU'), figure('memory'), figure('disk')],
  ];
  const rows = steps.map((one) => [
    isByHour ? timeText(one.timestamp) : dayText(one.timestamp),
    one.total_requests / most,
    ...figuresOf(one),
  ]);
  const busiest = busiest_hours.slice(0, 3).filter(({ total_requests }) => total_requests > 0);
  return {
    title: isByHour ? 'Hour by hour' : 'Day by day',
    paragraphs: [
      'Of CPU, memory and disk the average and the peak, in percent.',
      ...(busiest.length === 0
        ? []
        : [
            `Busiest hours: ${busiest.map((one) => `${momentText(one.timestamp)} (${count(one.total_requests)} requests)`).join(', ')}.`,
          ]),
    ],
    tables: [{ columns, rows }],
    sparklines: isByHour ? [] : hoursOfTheDay(review),
  };
}

function figuresOf(one: ReviewStepReport): string[] {
  return [
    count(one.total_requests),
    duration(one.p95),
    percent(one.error_rate),
    pair(one.cpu_percent),
    pair(one.memory_percent),
    pair(one.disk_percent),
  ];
}

/** `34/81` */
function pair(figures: AverageAndPeak | null): string {
  return figures === null ? '–' : `${Math.round(figures.avg)}/${Math.round(figures.peak)}`;
}

function hoursOfTheDay({ requests_by_hour }: ReviewReport): Sparkline[] {
  const most = Math.max(...requests_by_hour);
  if (!(most > 0)) return [];
  const at = String(requests_by_hour.indexOf(most)).padStart(2, '0');
  return [
    {
      caption: 'Requests by the hour of the day (UTC)',
      shares: requests_by_hour.map((requests) => requests / most),
      first: '00',
      last: '23',
      most: `most from ${at}:00: ${count(most)} of ${count(requests_by_hour.reduce((a, b) => a + b, 0))}`,
    },
  ];
}
