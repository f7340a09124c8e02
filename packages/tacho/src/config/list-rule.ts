import { type Place, type Rule, refuse, unreadable, type ValueRule } from './rule.ts';

/** An array of at most `most` different values, each as `rule` says. It is read once and copied. */
export function listOf<T>(rule: ValueRule<T>, most: number): Rule<readonly T[]> {
  return elementsOf(rule, most, `an array of at most ${most}, each ${rule.allowed}`);
}

/** As `listOf`, for what may be objects, too, which are all different. */
export function elementsOf<T>(rule: Rule<T>, most: number, allowed: string): Rule<readonly T[]> {
  return {
    read(value, at) {
      const elements = copied(value, most, allowed, at);
      return elements === undefined ? undefined : checked(elements, rule, at);
    },
  };
}

/** The length is looked at first: what is in an array of billions is never touched. */
function copied(value: unknown, most: number, allowed: string, at: Place): unknown[] | undefined {
  try {
    if (!Array.isArray(value)) return refuse(value, allowed, at);
    const { length } = value;
    return length > most ? refuse(value, allowed, at) : Array.from({ length }, (_, index) => value[index]);
  } catch (cause) {
    return unreadable(cause, allowed, at);
  }
}

function checked<T>(elements: readonly unknown[], rule: Rule<T>, list: Place): readonly T[] | undefined {
  const accepted: T[] = [];
  for (const [index, element] of elements.entries()) {
    const at = { ...list, path: `${list.path}[${index}]` };
    const read = rule.read(element, at);
    if (read === undefined) continue;
    if (accepted.includes(read)) refuse(element, 'a value that is not in the array already', at);
    else accepted.push(read);
  }
  return accepted.length === elements.length ? accepted : undefined;
}
