/** A JSON text in pieces; where one is undefined, work was done that there is nothing to say of yet. */
export type JsonText = Generator<string | undefined, void, undefined>;

/** How far down a value is walked entry by entry; what lies deeper is short. */
const DEPTH = 2;

/** A plain JSON value, its long lists entry by entry. */
export function* jsonText(value: unknown, depth = DEPTH): JsonText {
  if (depth === 0 || typeof value !== 'object' || value === null) yield JSON.stringify(value);
  else if (Array.isArray(value)) yield* jsonArray(value, depth - 1);
  else yield* jsonObject(Object.entries(value), depth - 1);
}

/** An array whose items are made one after the other. */
export function* jsonArray(items: Iterable<unknown>, depth = 0): JsonText {
  let before = '[';
  for (const item of items) {
    yield before;
    yield* jsonText(item, depth);
    before = ',';
  }
  yield before === '[' ? '[]' : ']';
}

/** An object whose members are made one after the other; one that is undefined is left out. */
export function* jsonObject(members: Iterable<readonly [string, unknown]>, depth = 0): JsonText {
  let before = '{';
  for (const [name, value] of members) {
    if (value === undefined) continue;
    yield `${before}${JSON.stringify(name)}:`;
    yield* jsonText(value, depth);
    before = ',';
  }
  yield before === '{' ? '{}' : '}';
}
