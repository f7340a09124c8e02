import { terminalText } from '../terminal-text.ts';
import { type Place, type Rule, refuse, unreadable } from './rule.ts';
import { suggestPath } from './suggest.ts';

/** A rule for a plain object. */
export interface FieldsRule<T> extends Rule<T> {
  /** Its fields and theirs, such as `port`, or `adminApi.port`. */
  readonly paths: readonly string[];
}

const MAX_NAME_LENGTH = 60;

/**
 * A plain object with some of these fields, own and enumerable; a field that is undefined counts as missing.
 * Each is read once.
 * @param allowed completes "allowed: …"
 */
export function fields<T extends object>(
  allowed: string,
  rules: { readonly [Name in keyof T]-?: Rule<NonNullable<T[Name]>> },
): FieldsRule<T> {
  const ruleByName = new Map(Object.entries<Rule<unknown>>(rules));
  return {
    paths: [...ruleByName].flatMap(([name, rule]) => [name, ...pathsWithin(name, rule)]),
    read(value, at) {
      const names = ownNames(value, allowed, at);
      if (names === undefined) return undefined;
      // Without a prototype, a missing field is missing even where somebody has added to Object.prototype.
      const checked: Record<string, unknown> = Object.create(null);
      for (const name of names) {
        const place = { ...at, path: join(at.path, name) };
        const rule = ruleByName.get(name) ?? refuseUnknown(place, at.path, [...ruleByName.keys()]);
        const field = rule && fieldOf(value as object, name, rule, place);
        if (field !== undefined) checked[name] = field;
      }
      return checked as T;
    },
  };
}

/** Only what has no prototype or an `Object.prototype` is plain: fields of a Map or a class would be overlooked. */
function ownNames(value: unknown, allowed: string, at: Place): string[] | undefined {
  try {
    return isPlainObject(value) ? Object.keys(value) : refuse(value, allowed, { ...at, secret: true });
  } catch (cause) {
    return unreadable(cause, allowed, at);
  }
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype = Reflect.getPrototypeOf(value);
  return prototype === null || Reflect.getPrototypeOf(prototype) === null;
}

function fieldOf(object: object, name: string, rule: Rule<unknown>, at: Place): unknown {
  let value: unknown;
  try {
    value = Reflect.get(object, name);
  } catch (cause) {
    return unreadable(cause, 'a value that can be read', at);
  }
  return value === undefined ? undefined : rule.read(value, at);
}

/** The value of an unknown field is not even read. Where values are secret, a name may be one in the wrong place. */
function refuseUnknown(at: Place, parent: string, siblings: readonly string[]): undefined {
  const meant = suggestPath(at.path, [...siblings.map((name) => join(parent, name)), ...at.known]);
  const remedy = meant === undefined ? '' : `; did you mean "${meant}"?`;
  const isHidden = at.secret && meant === undefined;
  const what = isHidden
    ? `option "${parent}" has an unknown field`
    : `option "${terminalText(cut(at.path))}" is unknown${remedy}`;
  at.problems.push({ message: `${what}; allowed: ${siblings.join(', ')}` });
}

function pathsWithin(name: string, rule: Rule<unknown>): string[] {
  return 'paths' in rule ? (rule as FieldsRule<unknown>).paths.map((path) => join(name, path)) : [];
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function cut(path: string): string {
  return path.length > MAX_NAME_LENGTH ? `${path.slice(0, MAX_NAME_LENGTH)}…` : path;
}
