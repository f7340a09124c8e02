/**
 * What the calls of an instrumented package go through: any one of those that leave it can be made to fail. Loaded in
 * the main thread and in each worker.
 */
import { faultState, GIVES_PROMISE, HAS_RETURNED, IS_OUTSIDE, MODES } from './fault-state.ts';
import { OURS } from './instrument-mark.ts';
import { languageFunctions } from './language.ts';

type Function = (this: unknown, ...args: unknown[]) => unknown;

const { armed, hits, flags, injected } = faultState();
const language = languageFunctions();
const outside = new WeakMap<object, boolean>();
const sourceOf = Function.prototype.toString;
const { apply } = Reflect;

/** Instead of a function of the process's own: for time that passes faster. */
export const replacements = new Map<unknown, Function>();

function isOutside(callee: unknown): callee is Function {
  if (typeof callee !== 'function') return false;
  const known = outside.get(callee);
  if (known !== undefined) return known;
  // What settles a promise is made anew for each, and has no name.
  const found = !language.has(callee) && callee.name !== '' && !apply(sourceOf, callee, []).includes(OURS);
  outside.set(callee, found);
  return found;
}

function fault(id: number): Error {
  injected[id]!++;
  return Object.assign(new Error('a fault of the test'), { code: 'EFAULT' });
}

/** What is called at a site in the place of `callee`, on `target`. */
function reached(id: number, callee: Function, target: unknown): Function {
  hits[id]!++;
  flags[id]! |= IS_OUTSIDE;
  const actual = replacements.get(callee) ?? callee;
  if (armed[0] === id) {
    if (MODES[armed[1]!] === 'rejects') return () => Promise.reject(fault(id));
    return () => {
      throw fault(id);
    };
  }
  if ((flags[id]! & HAS_RETURNED) !== 0) return (...args) => apply(actual, target, args);
  return (...args) => {
    const given = apply(actual, target, args);
    flags[id]! |= HAS_RETURNED | (given instanceof Promise ? GIVES_PROMISE : 0);
    return given;
  };
}

const onTarget = (id: number, callee: unknown, target: unknown): Function =>
  isOutside(callee) ? reached(id, callee, target) : (...args) => apply(callee as Function, target, args);

/** `callee(…)` */
export function $call(id: number, callee: unknown): unknown {
  return isOutside(callee) ? reached(id, callee, undefined) : callee;
}

/** `target.#callee(…)` */
export function $held(id: number, target: unknown, callee: unknown): unknown {
  return callee === undefined || callee === null ? callee : onTarget(id, callee, target);
}

/** `target.name(…)` */
export function $method(id: number, target: unknown, name: PropertyKey): Function {
  return onTarget(id, (target as Record<PropertyKey, unknown>)[name], target);
}

/** `target?.name(…)` */
export function $chain(id: number, target: unknown, name: PropertyKey): Function | undefined {
  return target === undefined || target === null ? undefined : $method(id, target, name);
}

/** `target.name?.(…)` */
export function $maybe(id: number, target: unknown, name: PropertyKey): unknown {
  if (target === undefined || target === null) return undefined;
  return $held(id, target, (target as Record<PropertyKey, unknown>)[name]);
}

/** `new callee(…)` */
export function $new(id: number, callee: unknown): unknown {
  if (!isOutside(callee)) return callee;
  hits[id]!++;
  flags[id]! |= IS_OUTSIDE | HAS_RETURNED;
  if (armed[0] === id) throw fault(id);
  return callee;
}

/** `import(…)` */
export function $import(id: number, load: () => Promise<unknown>): Promise<unknown> {
  return reached(id, load, undefined)() as Promise<unknown>;
}
