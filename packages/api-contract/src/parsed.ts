import * as v from 'valibot';

/** How the OpenAPI document describes a text: JSON Schema, with a title where it is a component. */
type TextDescription = Readonly<Record<string, unknown>>;

/** A text that `parse` makes something of; where that is undefined, it is not what is expected. */
export function parsed<T>(
  parse: (text: string) => T | undefined,
  expected: string,
  description: TextDescription,
) {
  return v.pipe(
    v.string(),
    v.metadata({ description: `${expected.charAt(0).toUpperCase()}${expected.slice(1)}.`, ...description }),
    v.rawTransform<string, T>(({ dataset, addIssue, NEVER }) => {
      const value = parse(dataset.value);
      if (value !== undefined) return value;
      addIssue({ message: expected });
      return NEVER;
    }),
  );
}
