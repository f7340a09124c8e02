/**
 * Has `note` called for each assignment of a property to objects of a prototype, with the value before. The property is otherwise as if it
 * were a plain one; whatever `note` throws is dropped, as it runs inside the application's request.
 *
 * @returns undoes it; nothing where the prototype has such a property of its own, which is left alone
 */
export function hearAssignments<T extends object>(
  prototype: T,
  name: string,
  note: (target: T, value: unknown, before: unknown) => void,
): () => void {
  if (Object.hasOwn(prototype, name)) return () => {};
  const key = Symbol(`tacho.${name}`);
  const set = function (this: T & { [key]?: unknown }, value: unknown): void {
    const before = this[key];
    this[key] = value;
    try {
      note(this, value, before);
    } catch {
      // Without a template a request is counted under one learned from its URL.
    }
  };
  Object.defineProperty(prototype, name, {
    configurable: true,
    enumerable: false,
    get(this: { [key]?: unknown }) {
      return this[key];
    },
    set,
  });
  return () => {
    if (Object.getOwnPropertyDescriptor(prototype, name)?.set === set)
      Reflect.deleteProperty(prototype, name);
  };
}
