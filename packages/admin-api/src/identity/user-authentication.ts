import type { IncomingMessage } from 'node:http';
import { type Clock, SECOND_MS } from '@tacho/core';
import type { Authenticate, Identification, Identity, Role } from './identity.ts';
import { refused } from './refused.ts';

/** Whoever waits for an answer has a connection open that others may need. */
const LIMIT_MS = 5 * SECOND_MS;

/** As of the `user` hook: longer ones are no names. */
const MAX_NAME_LENGTH = 1024;

const ALLOWED = `a name of 1 to ${MAX_NAME_LENGTH} characters and perhaps the role "admin" or "viewer", or undefined`;

export interface UserAuthenticationOptions {
  readonly authenticate: Authenticate;
  readonly pseudonymOf: (name: string) => string;
  readonly clock: Pick<Clock, 'every'>;
  /** Told what the application does wrong, in one line; how often it is shown is its own business. */
  readonly warn: (line: string) => void;
}

/**
 * Asks the application who sent a request, for five seconds at most. Whatever it throws, rejects with or gives that
 * is no answer is a refusal and a warning, in which there is nothing of anybody's name.
 * @returns undefined for nobody; never rejects
 */
export function userAuthentication({
  authenticate,
  pseudonymOf,
  clock,
  warn,
}: UserAuthenticationOptions): (request: IncomingMessage) => Promise<Identification | undefined> {
  return async (request) => {
    try {
      const answer = await inTime(authenticate(request), clock);
      if (answer === undefined || answer === null) return undefined;
      if (answer === LATE) {
        warn(`adminApi.authenticate took longer than ${LIMIT_MS / SECOND_MS} s; the request is refused`);
        return refused('authenticate_late');
      }
      const identity = identityOf(answer, pseudonymOf);
      if (identity !== undefined) return { kind: 'identity', identity };
      warn(`adminApi.authenticate gave what is no identity; allowed: ${ALLOWED}. The request is refused`);
      return refused('authenticate_wrong');
    } catch (error) {
      warn(`adminApi.authenticate failed with ${kindOf(error)}; the request is refused`);
      return refused('authenticate_failed');
    }
  };
}

const LATE = Symbol('late');

function inTime(answer: unknown, clock: Pick<Clock, 'every'>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const stop = clock.every(LIMIT_MS, () => {
      stop();
      resolve(LATE);
    });
    // What comes of it later is heard, and goes nowhere.
    Promise.resolve(answer).then(resolve, reject).finally(stop);
  });
}

/** Each field is read once. One that is there and undefined is no role: nobody is an administrator by a slip. */
function identityOf(answer: unknown, pseudonymOf: (name: string) => string): Identity | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const { name } = answer as { readonly name?: unknown };
  if (typeof name !== 'string' || name === '' || name.length > MAX_NAME_LENGTH) return undefined;
  const role = 'role' in answer ? answer.role : 'admin';
  return isRole(role) ? { name: pseudonymOf(name), role } : undefined;
}

function isRole(value: unknown): value is Role {
  return value === 'admin' || value === 'viewer';
}

/** The name of an error and not its text, which may name a person. Never throws. */
function kindOf(thrown: unknown): string {
  try {
    return thrown instanceof Error
      ? String(thrown.name).slice(0, 60)
      : `what is no error but ${typeof thrown}`;
  } catch {
    return 'something without a name';
  }
}
