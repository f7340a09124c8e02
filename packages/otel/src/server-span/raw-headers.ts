/**
 * Of these, Node keeps the first where a request has several (`http.IncomingMessage`, `message.headers`); of others
 * it joins the values.
 */
const FIRST_ONLY = new Set(['host', 'user-agent']);

/** The value that `request.headers` has under a name in lower case. */
export function headerOf(rawHeaders: readonly string[], name: string): string | undefined {
  let value: string | undefined;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (!isNamed(rawHeaders[index]!, name)) continue;
    const next = rawHeaders[index + 1]!;
    if (value === undefined) value = next;
    else if (!FIRST_ONLY.has(name)) value = `${value}, ${next}`;
  }
  return value;
}

/** Whether there is a header of one of these names, in lower case. */
export function hasHeader(rawHeaders: readonly string[], names: readonly string[]): boolean {
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const header = rawHeaders[index]!;
    for (const name of names) if (isNamed(header, name)) return true;
  }
  return false;
}

/** The headers of these names, as `request.headers` has them. */
export function propagatedHeaders(
  rawHeaders: readonly string[],
  names: readonly string[],
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of names) {
    const lowerCase = name.toLowerCase();
    const value = headerOf(rawHeaders, lowerCase);
    if (value !== undefined) headers[lowerCase] = value;
  }
  return headers;
}

/** Most headers differ in length from the name that is looked for, so little has to be compared. */
function isNamed(header: string, name: string): boolean {
  return header.length === name.length && header.toLowerCase() === name.toLowerCase();
}
