import { describeKind, describeValue } from './describe-value.ts';

/** Something that is wrong with an option. */
export interface Problem {
  readonly message: string;
  /** What a getter or a proxy threw. */
  readonly cause?: unknown;
}

/** Where in the options a value was found. */
export interface Place {
  /** `adminApi.tokens[1]`; empty for the options as a whole. */
  readonly path: string;
  /** Whether values here must not be shown. */
  readonly secret: boolean;
  /** The paths of all options, for suggestions. */
  readonly known: readonly string[];
  readonly problems: Problem[];
}

/** What an option may be. */
export interface Rule<T> {
  /**
   * Never throws, and reads nothing twice.
   * @returns the value, copied if it is an array or a plain object; undefined once `at.problems` has been told
   * what is wrong with it
   */
  read(value: unknown, at: Place): T | undefined;
}

/** What a primitive value or a function may be, in words and as a test. */
export interface ValueRule<T> extends Rule<T> {
  /** Completes "allowed: …". */
  readonly allowed: string;
  accepts(value: unknown): value is T;
}

export function valueRule<T>(allowed: string, accepts: (value: unknown) => value is T): ValueRule<T> {
  return {
    allowed,
    accepts,
    read: (value, at) => (accepts(value) ? value : refuse(value, allowed, at)),
  };
}

/** A string for which `test` holds. */
export function textRule(allowed: string, test: (text: string) => boolean): ValueRule<string> {
  return valueRule(allowed, (value): value is string => typeof value === 'string' && test(value));
}

export function wholeNumber(least: number, most: number): ValueRule<number> {
  return valueRule(
    `a whole number from ${least} to ${most}`,
    (value): value is number => Number.isInteger(value) && isBetween(value as number, least, most),
  );
}

export function numberFrom(least: number, most: number): ValueRule<number> {
  return valueRule(
    `a number from ${least} to ${most}`,
    (value): value is number => typeof value === 'number' && isBetween(value, least, most),
  );
}

export function oneOf<T extends string>(...values: readonly T[]): ValueRule<T> {
  return valueRule(values.map((value) => `"${value}"`).join(' or '), (value): value is T =>
    (values as readonly unknown[]).includes(value),
  );
}

/** The rule, with `false` for switched off. Its own words should say so. */
export function orFalse<T>(rule: Rule<T>): Rule<T | false> {
  return { ...rule, read: (value, at) => (value === false ? false : rule.read(value, at)) };
}

/** The rule, its values never shown. */
export function secret<T>(rule: Rule<T>): Rule<T> {
  return { ...rule, read: (value, at) => rule.read(value, { ...at, secret: true }) };
}

/** Tells the problem with a value. @returns undefined, to be handed on */
export function refuse(value: unknown, allowed: string, at: Place): undefined {
  const seen = at.secret ? describeKind(value) : describeValue(value);
  at.problems.push({ message: `${named(at)} is ${seen}; allowed: ${allowed}` });
}

/** Tells that looking at the value threw. @returns undefined, to be handed on */
export function unreadable(cause: unknown, allowed: string, at: Place): undefined {
  at.problems.push({ message: `${named(at)} threw when it was read; allowed: ${allowed}`, cause });
}

function named({ path }: Place): string {
  return path === '' ? 'the argument of startMonitoring' : `option "${path}"`;
}

function isBetween(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}
