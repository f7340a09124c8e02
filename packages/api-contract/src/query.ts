import * as v from 'valibot';
import { type Validator, validator } from './validation.ts';

/** Decimal digits alone: no sign, space, exponent or other base, and none of the other scripts' digits. */
function wholeNumber(min: number, max: number) {
  const expected = `a whole number from ${min} to ${max}`;
  return v.pipe(
    v.string(),
    v.regex(/^[0-9]+$/, expected),
    v.transform(Number),
    v.minValue(min, expected),
    v.maxValue(max, expected),
  );
}

const entries = {
  /** How far back the answer reaches. */
  hours: v.optional(wholeNumber(1, 720), '24'),
  /** How many to list. */
  limit: v.optional(wholeNumber(1, 1000), '20'),
};

/** The parameters that a resource takes, each a text from the query; one left out has its default. */
export interface Query<T> {
  parameters: readonly string[];
  /** The issue's `path` is the parameter, its `message` what is expected. */
  validate: Validator<T>;
}

function query<TEntries extends v.ObjectEntries>(
  schema: v.StrictObjectSchema<TEntries, undefined>,
): Query<v.InferOutput<typeof schema>> {
  return { parameters: Object.keys(schema.entries), validate: validator(schema) };
}

/** Taken by every resource. */
export const windowQuery = query(v.strictObject({ hours: entries.hours }));

export const slowRequestsQuery = query(v.strictObject(entries));
