import { TachoError } from '@tacho/core';
import type { Problem } from './rule.ts';

const MAX_PROBLEMS_SHOWN = 10;

/** One error of all that is wrong, one problem a line. */
export function badOptions(problems: readonly Problem[]): TachoError {
  const shown = problems.slice(0, MAX_PROBLEMS_SHOWN).map(({ message }) => message);
  const hidden = problems.length - shown.length;
  if (hidden > 0) shown.push(`and ${hidden} more`);
  return new TachoError('TACHO_BAD_OPTION', shown.join('\n'), {
    hint: 'An option that is left out has its default; docs/configuration.md lists them all.',
    cause: problems.find(({ cause }) => cause !== undefined)?.cause,
  });
}
