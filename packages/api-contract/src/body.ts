import type * as v from 'valibot';
import { type Validator, validator } from './validation.ts';

/** What an operation takes as JSON: an object with these fields and no others. */
export interface Body<T> {
  readonly fields: readonly string[];
  /** For the OpenAPI document. */
  readonly schema: v.GenericSchema;
  /** The issue's `path` is the field, its `message` what is expected. */
  readonly validate: Validator<T>;
}

/** @param schema described fields, whose messages say what is expected */
export function bodyOf<TEntries extends v.ObjectEntries>(
  schema: v.StrictObjectSchema<TEntries, undefined>,
): Body<v.InferOutput<typeof schema>> {
  return { fields: Object.keys(schema.entries), schema, validate: validator(schema) };
}
