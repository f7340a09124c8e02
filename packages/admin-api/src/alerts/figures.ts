import type { Reading } from '@tacho/alerts';
import type { Alert } from '@tacho/api-contract';
import { seconds } from '@tacho/core';

/** As answers have them, which know no milliseconds. */
export const UNITS: Readonly<Record<Reading['unit'], Alert['unit']>> = {
  ms: 's',
  percent: 'percent',
  times: 'times',
};

export function inUnit(value: number, unit: Reading['unit']): number {
  return unit === 'ms' ? seconds(value) : value;
}
