import type { IncomingMessage } from 'node:http';
import { errorName } from './error-text.ts';

/** Longer ones are no names, and would make hashing a way to slow the service down. */
const MAX_USER_LENGTH = 1024;

/**
 * Wraps the application's `user` hook: whatever it does, the request goes on and is counted. A hook that
 * throws or gives anything but a short text, null or undefined yields no user and a warning.
 *
 * @param warn called with one line; how often it is shown is its own business
 * @returns also takes the name that the application has given the request's span, for where the hook has none
 */
export function guardUserHook(
  hook: ((request: IncomingMessage) => unknown) | undefined,
  pseudonymOf: (user: string) => string,
  warn: (message: string) => void,
): (request: IncomingMessage, named: string | undefined) => string | undefined {
  const fromTrace = (named: string | undefined): string | undefined =>
    named === undefined ? undefined : pseudonymOf(named);
  if (hook === undefined) return (_request, named) => fromTrace(named);
  return (request, named) => {
    try {
      const user = hook(request);
      if (user === undefined || user === null || user === '') return fromTrace(named);
      if (typeof user === 'string' && user.length <= MAX_USER_LENGTH) return pseudonymOf(user);
      warn(
        `the "user" hook gave ${describe(user)}; allowed: a text of at most ${MAX_USER_LENGTH} characters, or undefined`,
      );
    } catch (error) {
      warn(`the "user" hook threw ${errorName(error)}; the request is counted without a user`);
    }
    return undefined;
  };
}

/** What a wrong value is, without the value: it may name a person. */
function describe(value: unknown): string {
  if (value instanceof Promise) {
    value.catch(() => {});
    return 'a Promise';
  }
  return typeof value === 'string'
    ? `a text of ${value.length} characters`
    : `a value of type ${typeof value}`;
}
