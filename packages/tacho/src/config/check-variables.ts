import { OWN_NAMES, readEnvironment } from './environment.ts';
import type { EnvironmentVariables } from './variables.ts';

/**
 * What is wrong with the environment, without starting anything.
 * @returns a line for each variable that is left out, and the names of all of ours
 */
export function checkVariables(variables: EnvironmentVariables): {
  readonly warnings: readonly string[];
  readonly known: readonly string[];
} {
  return { warnings: readEnvironment(variables).warnings, known: OWN_NAMES };
}
