import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { guardUserHook } from '../src/user-hook.ts';

const REQUEST = { url: '/' } as IncomingMessage;

/** The user of a request by a hook, what was warned of, and the names that a pseudonym was made of. */
function userOf(hook: ((request: IncomingMessage) => unknown) | undefined, named?: string) {
  const warnings: string[] = [];
  const user = guardUserHook(
    hook,
    (name) => `p_${name.length}`,
    (message) => warnings.push(message),
  )(REQUEST, named);
  return { user, warnings };
}

describe('the user of a request', () => {
  it.each<
    [string, ((request: IncomingMessage) => unknown) | undefined, string | undefined, string | undefined]
  >([
    ['unknown without a hook and a name', undefined, undefined, undefined],
    ['the one that the trace names', undefined, 'named', 'p_5'],
    ['the one that the hook gives', () => 'u', undefined, 'p_1'],
    ['the one that the hook gives, before the one that the trace names', () => 'u', 'named', 'p_1'],
    ['the one that the trace names, where the hook gives nothing', () => undefined, 'named', 'p_5'],
    ['the one that the trace names, where the hook gives null', () => null, 'named', 'p_5'],
    ['the one that the trace names, where the hook gives an empty text', () => '', 'named', 'p_5'],
    ['of 1,024 characters at most', () => 'u'.repeat(1_024), undefined, 'p_1024'],
    ['asked for with the request', (request) => request.url, undefined, 'p_1'],
  ])('is %s', (_what, hook, named, user) => {
    expect(userOf(hook, named)).toEqual({ user, warnings: [] });
  });

  it.each<[unknown, string]>([
    [17, 'a value of type number'],
    [{ name: 'secret' }, 'a value of type object'],
    ['s'.repeat(1_025), 'a text of 1025 characters'],
    [Promise.resolve('secret'), 'a Promise'],
    [Promise.reject(new Error('secret')), 'a Promise'],
  ])(
    'is unknown where the hook gives what is no name, which is told without the value: %#',
    (given, told) => {
      const { user, warnings } = userOf(() => given, 'named');
      expect(user).toBeUndefined();
      expect(warnings).toEqual([
        `the "user" hook gave ${told}; allowed: a text of at most 1024 characters, or undefined`,
      ]);
    },
  );

  it('is unknown where the hook throws, which is told', () => {
    const fail = (): never => {
      throw new RangeError('secret');
    };
    const { user, warnings } = userOf(fail, 'named');
    expect(user).toBeUndefined();
    expect(warnings).toEqual(['the "user" hook threw RangeError; the request is counted without a user']);
  });
});
