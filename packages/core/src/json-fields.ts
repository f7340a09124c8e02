import { TachoError } from './errors.ts';
import { boundedText } from './kept-text.ts';

/**
 * An object of parsed JSON, read field by field. It has the fields that it is to have and no others: one that is
 * not known would be lost in silence. Whatever the value, a method returns what it says or throws `TACHO_BAD_DATA`.
 */
export class JsonFields<Name extends string> {
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #path: string;

  /**
   * @param path where the value stands, for messages: `endpoints[3]`; empty for the whole
   * @param optional those of the names that may be missing, as earlier versions did not write them
   */
  constructor(value: unknown, path: string, names: readonly Name[], optional: readonly Name[] = []) {
    const fields = objectOf(value);
    this.#path = path;
    if (fields === undefined) throw bad(path, 'expected an object');
    this.#fields = fields;
    const missing = names.find((name) => !Object.hasOwn(fields, name) && !optional.includes(name));
    if (missing !== undefined) throw this.bad(missing, 'it is missing');
    if (!Object.keys(fields).every((name) => (names as readonly string[]).includes(name)))
      throw bad(path, `expected no fields but ${names.join(', ')}`);
  }

  has(name: Name): boolean {
    return Object.hasOwn(this.#fields, name);
  }

  /** Whatever it is. */
  value(name: Name): unknown {
    return this.#fields[name];
  }

  isNull(name: Name): boolean {
    return this.#fields[name] === null;
  }

  /** From 0 to 2^53−1. */
  count(name: Name): number {
    const value = this.#fields[name];
    if (isCount(value)) return value;
    throw this.bad(name, 'expected an integer from 0 to 2^53−1');
  }

  number(name: Name): number {
    const value = this.#fields[name];
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw this.bad(name, 'expected a number');
  }

  /** What something is known by: well-formed, and no longer than such texts ever are. */
  text(name: Name): string {
    const value = this.#fields[name];
    if (typeof value === 'string' && boundedText(value) === value) return value;
    throw this.bad(name, 'expected a text of at most 1024 characters');
  }

  list(name: Name): readonly unknown[] {
    const value = this.#fields[name];
    if (Array.isArray(value)) return value;
    throw this.bad(name, 'expected a list');
  }

  /** The fields of an object whose names are free. */
  entries(name: Name): [string, unknown][] {
    const fields = objectOf(this.#fields[name]);
    if (fields === undefined) throw this.bad(name, 'expected an object');
    return Object.entries(fields);
  }

  /** Where a field stands. */
  pathOf(name: Name): string {
    return this.#path === '' ? name : `${this.#path}.${name}`;
  }

  bad(name: Name, what: string): TachoError {
    return bad(this.pathOf(name), what);
  }
}

export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Readonly<Record<string, unknown>>) : undefined;
}

function bad(path: string, what: string): TachoError {
  return new TachoError('TACHO_BAD_DATA', `bad JSON${path === '' ? '' : ` at ${path}`}: ${what}`);
}
