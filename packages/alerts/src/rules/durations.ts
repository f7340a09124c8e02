import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@tacho/core';

const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', SECOND_MS],
  ['m', MINUTE_MS],
  ['h', HOUR_MS],
  ['d', DAY_MS],
]);

/** @returns the milliseconds of a text such as `500ms`, `5s`, `2m`, `6h`, `3d`; undefined of any other */
export function parseDuration(text: string): number | undefined {
  const [, digits, unit] = /^([0-9]{1,9})(ms|s|m|h|d)$/.exec(text) ?? [];
  const unitMs = unit === undefined ? undefined : UNIT_MS.get(unit);
  return unitMs === undefined ? undefined : Number(digits) * unitMs;
}
