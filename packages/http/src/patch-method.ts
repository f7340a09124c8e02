/** A method of any prototype: called with whatever `this` and arguments its callers give. */
export type Method = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Replaces a method of a prototype by a wrapper. Undoing restores the original where nobody has wrapped it
 * since; otherwise the wrapper stays in the chain, so it must know by itself that it has been retired.
 *
 * @returns undoes it
 */
export function patchMethod(prototype: object, name: string, wrap: (original: Method) => Method): () => void {
  const target = prototype as Record<string, Method>;
  const own = Object.getOwnPropertyDescriptor(target, name);
  const wrapper = wrap(target[name] as Method);
  Object.defineProperty(target, name, {
    value: wrapper,
    writable: true,
    configurable: true,
    enumerable: own?.enumerable ?? true,
  });
  return () => {
    if (target[name] !== wrapper) return;
    if (own === undefined) Reflect.deleteProperty(target, name);
    else Reflect.defineProperty(target, name, own);
  };
}
