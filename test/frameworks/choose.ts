import { FRAMEWORKS, type Framework } from './frameworks.ts';
import { MAJORS } from './nodes.ts';

/** @param only names, separated by commas; undefined for all */
export function chooseFrameworks(only: string | undefined): readonly Framework[] {
  const names = chosen(
    'only',
    only,
    FRAMEWORKS.map(({ name }) => name),
  );
  return FRAMEWORKS.filter(({ name }) => names.includes(name));
}

/** @param node major versions of Node, separated by commas; undefined for all */
export function chooseMajors(node: string | undefined): readonly string[] {
  return chosen('node', node, MAJORS);
}

export function wholeNumber(flag: string, text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new Error(`--${flag} is "${text}"; allowed: a whole number from 1`);
}

function chosen(flag: string, text: string | undefined, known: readonly string[]): readonly string[] {
  if (text === undefined) return known;
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return names;
  throw new Error(`--${flag} has ${unknown.join(', ')}; there are ${known.join(', ')}`);
}
