import type { Identification } from './identity.ts';

/** @param reason a few words in snake_case, for the access log alone */
export function refused(reason: string): Identification {
  return { kind: 'refused', reason };
}
