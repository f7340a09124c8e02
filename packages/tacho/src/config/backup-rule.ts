import { DAY_MS, HOUR_MS, MINUTE_MS } from '@tacho/core';
import { fields } from './fields-rule.ts';
import { PATH } from './option-rules.ts';
import type { BackupOptions } from './options.ts';
import { orFalse, type Rule, refuse, textRule, wholeNumber } from './rule.ts';

const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ['m', MINUTE_MS],
  ['h', HOUR_MS],
  ['d', DAY_MS],
]);
const MOST_MS = 30 * DAY_MS;

const EVERY = textRule(
  'minutes, hours or days such as "30m", "6h" or "1d", from "1m" to "30d"',
  (text) => /^[0-9]{1,6}[mhd]$/.test(text) && durationMs(text) >= MINUTE_MS && durationMs(text) <= MOST_MS,
);

const FIELDS = fields<BackupOptions>('false, or an object with every, and perhaps keep, dir', {
  every: EVERY,
  keep: wholeNumber(1, 1000),
  dir: PATH,
});

const WITH_INTERVAL: Rule<BackupOptions> & Pick<typeof FIELDS, 'paths'> = {
  paths: FIELDS.paths,
  read(value, at) {
    const before = at.problems.length;
    const given = FIELDS.read(value, at);
    if (given === undefined || at.problems.length > before) return undefined;
    if (given.every !== undefined) return given;
    return refuse(undefined, EVERY.allowed, { ...at, path: `${at.path}.every` });
  },
};

/** How often, how many and where, or `false` for none. */
export const BACKUP = orFalse(WITH_INTERVAL);

/** @param text as `BACKUP` accepts it */
export function durationMs(text: string): number {
  return Number(text.slice(0, -1)) * (UNIT_MS.get(text.slice(-1)) ?? Number.NaN);
}
