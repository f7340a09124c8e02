import { completeRules, type GivenRules, type Rule } from '@tacho/alerts';
import { type Problem, refuse } from './rule.ts';

interface Whose {
  /** What the paths of its fields begin with. */
  readonly place: string;
  readonly problems: Problem[];
}

/** The rules there are, and what is given; what is wrong with that is told. */
export function addedRules(
  base: readonly Rule[],
  given: GivenRules | undefined,
  { place, problems }: Whose,
): readonly Rule[] {
  if (given === undefined) return base;
  const { rules, problems: found } = completeRules(base, given);
  for (const { path, value, allowed } of found)
    refuse(value, allowed, { path: place + path, secret: false, known: [], problems });
  return rules;
}
