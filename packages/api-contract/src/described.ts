import * as v from 'valibot';

/** A schema, and what its values mean: a sentence for readers of the OpenAPI document, who see no source. */
export function described<const TSchema extends v.GenericSchema>(schema: TSchema, meaning: string) {
  return v.pipe(schema, v.description(meaning));
}
