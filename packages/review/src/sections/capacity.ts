import { type DiskFullReport, figures, type ReviewReport } from '@tacho/core';
import { dateText } from '../dates.ts';
import { figure, label, type Section } from '../section.ts';
import { points } from './totals.ts';

const { percent } = figures;

const HOST_FIGURES = [
  ['cpu_percent', 'CPU'],
  ['memory_percent', 'memory'],
  ['disk_percent', 'disk'],
] as const;

export function capacity(review: ReviewReport): Section {
  const rows = HOST_FIGURES.flatMap(([name, title]) => {
    const figures = review.capacity[name];
    if (figures === null) return [];
    const { avg, peak, change_per_day: change } = figures;
    return [[title, percent(avg), percent(peak), change === null ? 'no trend' : `${points(change)} a day`]];
  });
  const columns = [label(''), figure('average'), figure('peak'), figure('trend')];
  return {
    title: 'Capacity and health',
    paragraphs: [healthText(review), ...diskText(review)],
    tables: rows.length === 0 ? [] : [{ columns, rows }],
  };
}

function healthText({ system_health, health }: ReviewReport): string {
  if (health === null) return 'Nothing is known of the host.';
  const { warning, critical } = health;
  if (warning === 0 && critical === 0) return 'The host was healthy all the time.';
  const shares = [
    ...(warning > 0 ? [`warning for ${percent(warning)}`] : []),
    ...(critical > 0 ? [`critical for ${percent(critical)}`] : []),
  ];
  return `Health was ${shares.join(' and ')} of the time, and ${system_health} at last.`;
}

function diskText({ capacity: { disk_percent, disk_full } }: ReviewReport): string[] {
  if (disk_full !== null) return [fullText(disk_full)];
  if (disk_percent === null) return [];
  const { change_per_day: change } = disk_percent;
  if (change === null) return ['The disk shows no trend, so that nothing can be said of when it is full.'];
  return change < 0
    ? ['The disk gets emptier.']
    : ['The disk fills up, but too slowly to tell when it will be full.'];
}

function fullText({ percent: limit, at, earliest, latest }: DiskFullReport): string {
  const range =
    latest === null ? `not before ${dateText(earliest)}` : `${dateText(earliest)} to ${dateText(latest)}`;
  const isOneDay = latest !== null && dateText(earliest) === dateText(latest);
  return `If it goes on like this, the disk is ${limit}% full about ${dateText(at)}${isOneDay ? '' : ` (${range})`}.`;
}
