const MAX_LENGTH = 300;

/** What was thrown, whatever it is, as the first line of its text, at most 300 characters. Never throws itself. */
export function errorText(thrown: unknown): string {
  try {
    return (String(thrown).split('\n', 1)[0] ?? '').slice(0, MAX_LENGTH);
  } catch {
    return 'something without a text';
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
