import { fields } from './fields-rule.ts';
import type { RetentionOptions } from './options.ts';
import { type Place, type Rule, refuse, wholeNumber } from './rule.ts';

/** How long one level of detail may be kept, in days. */
export const RETENTION = wholeNumber(1, 3650);

/** Of every level. */
const DEFAULT_DAYS = 30;

const ALLOWED = `${RETENTION.allowed}, or an object with some of minutes, hours, days`;

const LEVELS = fields<RetentionOptions>(ALLOWED, { minutes: RETENTION, hours: RETENTION, days: RETENTION });

/** One number for every level, or some for their own; a finer one, given or by default, not above a coarser one. */
export const RETENTION_DAYS: Rule<number | RetentionOptions> & Pick<typeof LEVELS, 'paths'> = {
  paths: LEVELS.paths,
  read(value, at) {
    if (RETENTION.accepts(value)) return value;
    if (typeof value !== 'object') return refuse(value, ALLOWED, at);
    const before = at.problems.length;
    const given = LEVELS.read(value, at);
    if (given === undefined || at.problems.length > before) return undefined;
    checkOrder(given, 'minutes', 'hours', at);
    checkOrder(given, 'hours', 'days', at);
    return given;
  },
};

/** Those given, the rest by default. */
export function completeRetention(
  given: number | RetentionOptions | undefined,
): Readonly<Record<Level, number>> {
  if (typeof given === 'number') return { minutes: given, hours: given, days: given };
  return {
    minutes: given?.minutes ?? DEFAULT_DAYS,
    hours: given?.hours ?? DEFAULT_DAYS,
    days: given?.days ?? DEFAULT_DAYS,
  };
}

type Level = keyof RetentionOptions;

/** Where one of the two is by default, the one given is to blame. */
function checkOrder(given: RetentionOptions, finer: Level, coarser: Level, at: Place): void {
  const { [finer]: least, [coarser]: most } = completeRetention(given);
  if (least <= most) return;
  const path = { finer: `${at.path}.${finer}`, coarser: `${at.path}.${coarser}` };
  if (given[finer] !== undefined)
    refuse(least, `a whole number from 1 to ${most} (${path.coarser})`, { ...at, path: path.finer });
  else refuse(most, `a whole number from ${least} (${path.finer}) to 3650`, { ...at, path: path.coarser });
}
