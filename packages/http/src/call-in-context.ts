import type { AsyncLocalStorage } from 'node:async_hooks';
import type { Method } from './patch-method.ts';

let calls = 0;

/**
 * Calls a method of the application's in a context, or without it where that can't be done. Whatever the method gives
 * or throws comes out of this.
 */
export function callInContext(
  contexts: AsyncLocalStorage<object>,
  context: object,
  method: Method,
  target: unknown,
  args: unknown[],
): unknown {
  const before = calls;
  try {
    return contexts.run(context, called, method, target, args);
  } finally {
    // biome-ignore lint/correctness/noUnsafeFinally: to catch and throw would change what an uncaught error shows
    if (calls === before) return Reflect.apply(method, target, args);
  }
}

function called(method: Method, target: unknown, args: unknown[]): unknown {
  calls++;
  return Reflect.apply(method, target, args);
}
