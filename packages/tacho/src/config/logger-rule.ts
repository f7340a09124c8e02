import type { Logger } from '../log/logger.ts';
import { type Place, type Rule, refuse, unreadable } from './rule.ts';

const METHODS = ['info', 'warn', 'error'] as const satisfies (keyof Logger)[];
const ALLOWED = 'false, or an object with the methods info, warn and error';

/** A logger is kept as it is, not copied: it has state, and its methods may be inherited. */
export const LOGGER: Rule<Logger> = {
  read(value, at) {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null)
      return refuse(value, ALLOWED, at);
    const complete = METHODS.map((name) => hasMethod(value, name, { ...at, path: `${at.path}.${name}` }));
    return complete.includes(false) ? undefined : (value as Logger);
  },
};

function hasMethod(object: object, name: string, at: Place): boolean {
  try {
    const method: unknown = Reflect.get(object, name);
    if (typeof method !== 'function') refuse(method, 'a function', at);
    return typeof method === 'function';
  } catch (cause) {
    unreadable(cause, 'a function', at);
    return false;
  }
}
