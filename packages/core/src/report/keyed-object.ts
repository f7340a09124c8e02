/** An object that any key fits, `__proto__` too: it has no prototype that a key could be mistaken for. */
export function keyedObject<T>(entries: Iterable<readonly [string, T]>): Record<string, T> {
  const object: Record<string, T> = Object.create(null);
  for (const [key, value] of entries) object[key] = value;
  return object;
}
