import { parsed } from './parsed.ts';

/**
 * Decimal digits alone: no sign, space, exponent or other base, and none of the other scripts' digits.
 * @param byDefault what is meant where the parameter is left out, though nothing stands in for it
 */
export function wholeNumber(min: number, max: number, byDefault?: number) {
  const parse = (text: string): number | undefined => {
    const number = /^[0-9]+$/.test(text) ? Number(text) : Number.NaN;
    return number >= min && number <= max ? number : undefined;
  };
  return parsed(parse, `a whole number from ${min} to ${max}`, {
    type: 'integer',
    minimum: min,
    maximum: max,
    ...(byDefault === undefined ? {} : { default: byDefault }),
  });
}
