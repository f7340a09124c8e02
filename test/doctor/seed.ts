import type { Service } from '../service.ts';

/** Where a misconfiguration is put: an empty folder, beside a service that is well. */
export interface Ground {
  readonly folder: string;
  readonly well: Service;
}

/** What doctor is to be run with; all the rest is as it should be. */
export interface Planted {
  readonly variables?: Readonly<Record<string, string>>;
  readonly arguments?: readonly string[];
}

/** One thing that is wrong, and what doctor is to say of it. */
export interface Seed {
  readonly name: string;
  /** The check that finds it. */
  readonly id: string;
  readonly status: 'warning' | 'problem';
  readonly remedy: RegExp;
  plant(ground: Ground): Promise<Planted>;
}

/** Those that are wrong in the environment alone. */
export function variablesSeed(
  name: string,
  variables: Readonly<Record<string, string>>,
  [id, status, remedy]: readonly [id: string, status: Seed['status'], remedy: RegExp],
): Seed {
  return { name, id, status, remedy, plant: async () => ({ variables }) };
}
