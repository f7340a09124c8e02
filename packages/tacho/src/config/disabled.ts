import { type EnvironmentVariables, flagOf } from './variables.ts';

export const DISABLING_VARIABLES = ['TACHO_DISABLED', 'OTEL_SDK_DISABLED'] as const;

/** Whether tacho is to do nothing at all. Needs next to nothing loaded, so that nothing at all it is. */
export function isDisabled(variables: EnvironmentVariables): boolean {
  return DISABLING_VARIABLES.some((name) => flagOf(variables, name) === true);
}
