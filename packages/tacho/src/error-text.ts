const MAX_LENGTH = 300;
const MAX_NAME_LENGTH = 60;

/** What was thrown, whatever it is, as the first line of its text, at most 300 characters. Never throws itself. */
export function errorText(thrown: unknown): string {
  try {
    return (String(thrown).split('\n', 1)[0] ?? '').slice(0, MAX_LENGTH);
  } catch {
    return 'something without a text';
  }
}

/** The name of an error that the application's code has thrown: its text may name a person. Never throws itself. */
export function errorName(thrown: unknown): string {
  try {
    return thrown instanceof Error ? String(thrown.name).slice(0, MAX_NAME_LENGTH) : typeof thrown;
  } catch {
    return 'something without a name';
  }
}

/** The `code` of an error that has one. Never throws. */
export function errorCode(thrown: unknown): unknown {
  try {
    return (thrown as { readonly code?: unknown } | null | undefined)?.code;
  } catch {
    return undefined;
  }
}
