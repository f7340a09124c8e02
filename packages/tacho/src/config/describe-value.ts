import { terminalText } from '../terminal-text.ts';

const MAX_LENGTH = 60;
const LARGEST_SHOWN = 10n ** 30n;

/**
 * A value as a message may show it: one line, cut to 60 characters. Of a URL only the scheme is shown, as the
 * rest may hold a password. Runs no code of the value's own, bar a proxy's traps, and never throws.
 */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value === 'bigint' && value < LARGEST_SHOWN && value > -LARGEST_SHOWN) return `${value}n`;
  return describeKind(value);
}

/** What kind of value it is, with nothing of its content: for secrets and for objects. Never throws. */
export function describeKind(value: unknown): string {
  if (value === null || value === undefined || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return `a string of ${characters(value.length)}`;
  return typeof value === 'object' ? describeObject(value) : `a ${typeof value}`;
}

function describeObject(object: object): string {
  try {
    if (Array.isArray(object)) return `an array of ${object.length}`;
    const prototype: unknown = Reflect.getPrototypeOf(object);
    const name: unknown = (prototype as { readonly constructor?: { readonly name?: unknown } } | null)
      ?.constructor?.name;
    if (typeof name !== 'string' || name === '' || name === 'Object') return 'an object';
    return `an instance of ${terminalText(name.slice(0, MAX_LENGTH))}`;
  } catch {
    return 'an object';
  }
}

function quoted(text: string): string {
  const url = text.indexOf('://');
  if (url !== -1) return shown(`${text.slice(0, Math.min(url, MAX_LENGTH))}://…`);
  if (text.length <= MAX_LENGTH) return shown(text);
  return `${shown(`${text.slice(0, MAX_LENGTH)}…`)} (${characters(text.length)})`;
}

function shown(text: string): string {
  return terminalText(JSON.stringify(text));
}

function characters(count: number): string {
  return count === 1 ? '1 character' : `${count} characters`;
}
