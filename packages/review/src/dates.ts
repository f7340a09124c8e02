import { DAY_MS, HOUR_MS, MINUTE_MS, type ReviewPeriod } from '@tacho/core';

/** Times as people read them, all of them UTC. */

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const LONG_MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
];

/** `Mon 26 Jan` */
export function dayText(timestamp: string): string {
  const date = new Date(timestamp);
  return `${WEEKDAYS[date.getUTCDay()]} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
}

/** `26 Jan 2026` */
export function dateText(timestamp: string): string {
  const date = new Date(timestamp);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** `14:20` */
export function timeText(timestamp: string): string {
  return new Date(timestamp).toISOString().slice(11, 16);
}

/** `Mon 26 Jan 14:20` */
export function momentText(timestamp: string): string {
  return `${dayText(timestamp)} ${timeText(timestamp)}`;
}

/** `Mon 26 Jan 14:20 to 15:00`, `Mon 26 Jan 23:50 to Tue 27 Jan 00:10` */
export function stretchText({ from, to }: { readonly from: string; readonly to: string }): string {
  const isOneDay = dayText(from) === dayText(to) && Date.parse(to) - Date.parse(from) < DAY_MS;
  return `${momentText(from)} to ${isOneDay ? timeText(to) : momentText(to)}`;
}

/** `40 min`, `3.5 h`, `2 days` */
export function lengthText(lengthMs: number): string {
  if (lengthMs < HOUR_MS) return `${Math.round(lengthMs / MINUTE_MS)} min`;
  if (lengthMs < 2 * DAY_MS) return `${oneDecimal(lengthMs / HOUR_MS)} h`;
  return `${oneDecimal(lengthMs / DAY_MS)} days`;
}

/** `Friday…` has no place in a subject: `30 Jan 2026`, `week 5 of 2026`, `January 2026`. */
export function periodText(period: ReviewPeriod, name: string): string {
  if (period === 'day') return dateText(`${name}T00:00:00Z`);
  if (period === 'week') return `week ${Number(name.slice(-2))} of ${name.slice(0, -4)}`;
  return `${LONG_MONTHS[Number(name.slice(-2)) - 1]} ${name.slice(0, -3)}`;
}

function oneDecimal(value: number): string {
  return String(Math.round(value * 10) / 10);
}
