import * as v from 'valibot';

/** What is wrong with a value, and where: `path` is `top_endpoints.0.count`, or empty for the value itself. */
export interface Issue {
  path: string;
  message: string;
}

export type Validation<T> = { ok: true; value: T } | { ok: false; issue: Issue };

/**
 * Checks a value from outside and never throws. What a newer service adds beside the fields known here is let
 * through and is not in the value handed back.
 */
export type Validator<T> = (value: unknown) => Validation<T>;

export function validator<TOutput>(schema: v.GenericSchema<unknown, TOutput>): Validator<TOutput> {
  return (value) => {
    const result = v.safeParse(schema, value, { abortEarly: true });
    if (result.success) return { ok: true, value: result.output };
    const [first] = result.issues;
    return { ok: false, issue: { path: v.getDotPath(first) ?? '', message: first.message } };
  };
}
