import type { Check } from '../check.ts';
import { type Finding, ok, problem, warning } from '../finding.ts';

/** Another check's to tell. */
const ABOUT_MODES = /may open the key file/;

const OURS = /^TACHO_/;

/** What of the environment tacho does not understand: values that it leaves out, and names that nobody reads. */
export const variables: Check = {
  id: 'variables',
  group: 'configuration',
  examine({ environment }) {
    const { warnings, known } = environment.checkVariables(environment.variables);
    const findings: Finding[] = warnings
      .filter((told) => !ABOUT_MODES.test(told))
      .map((found) => problem(found, remedyFor(found)));
    const names = Object.keys(environment.variables).filter((name) => OURS.test(name));
    for (const name of names.filter((each) => !known.includes(each))) {
      if (warnings.some((told) => told.startsWith(`${name} `))) continue;
      findings.push(
        warning(
          `${name} is no variable of tacho's, and nobody reads it`,
          'Remove it, or look its name up in docs/configuration.md.',
        ),
      );
    }
    if (findings.length > 0) return findings;
    const set = names.length === 0 ? 'none is set' : `${names.sort().join(', ')}: understood`;
    return [ok(`variables of tacho's: ${set}`)];
  },
};

function remedyFor(told: string): string {
  const [name = ''] = told.split(/[ :]/, 1);
  const [, meant] = /did you mean (\w+)\?/.exec(told) ?? [];
  if (meant !== undefined) return `Rename ${name} to ${meant}.`;
  return `Set ${name} to something allowed, or remove it; docs/configuration.md has them all.`;
}
