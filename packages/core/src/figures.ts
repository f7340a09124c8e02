/** Figures as people read them. What is unknown is a dash. */

const UNKNOWN = '–';

const grouped = new Intl.NumberFormat('en-US');

/** `1,250` */
export function count(value: number): string {
  return grouped.format(value);
}

const SIZES = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

/** `512 bytes`, `12.3 MB`: in powers of 1,000. */
export function size(bytes: number): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), SIZES.length - 1);
  return power === 0 ? `${bytes} bytes` : `${(bytes / 1000 ** power).toFixed(1)} ${SIZES[power]}`;
}

/** `1 row`, `1,250 rows` */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** `0.4 ms`, `234 ms`, `1.46 s`, `125 s`; a little is never shown as nothing. */
export function duration(seconds: number | null): string {
  if (seconds === null) return UNKNOWN;
  const ms = seconds * 1000;
  if (ms === 0) return '0 ms';
  if (ms < 0.1) return '<0.1 ms';
  if (ms < 9.95) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${ms.toFixed(0)} ms`;
  return `${seconds < 99.5 ? seconds.toPrecision(3) : grouped.format(Math.round(seconds))} s`;
}

/** `2.4%`; a little is never shown as nothing, nor nearly all as all. */
export function percent(value: number | null): string {
  if (value === null) return UNKNOWN;
  if (value > 0 && value < 0.1) return '<0.1%';
  if (value < 100 && value >= 99.95) return '>99.9%';
  return `${value.toFixed(1)}%`;
}
