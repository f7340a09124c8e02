import { usageError } from './command-error.ts';
import { quoted } from './shown.ts';

const DECIMAL = /^[0-9]+$/;

/**
 * Decimal digits alone: no sign, space, exponent, fraction or other base, and none of the other scripts'
 * digits.
 * @returns undefined where the text is no such number or is out of range
 */
export function wholeNumber(text: string, min: number, max: number): number | undefined {
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : undefined;
}

/** A parser for an option's value. */
export function wholeSeconds(option: string, min: number, max: number): (text: string) => number {
  return (text) => {
    const seconds = wholeNumber(text, min, max);
    if (seconds === undefined) {
      throw usageError(`${option} ${quoted(text)}: expected whole seconds from ${min} to ${max}`);
    }
    return seconds;
  };
}
