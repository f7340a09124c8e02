import type { Environment } from '../environment.ts';
import type { Service } from './service.ts';

/** What is examined: an application's folder and environment, and the service that runs there. */
export interface Patient {
  readonly environment: Environment;
  readonly service: Service;
  /** Where the application itself listens; undefined where nobody has said so. */
  readonly app: string | undefined;
  /** The absolute path of the store's file; undefined for one in memory. */
  readonly store: string | undefined;
  /** Whether `--store` has said it. */
  readonly storeIsSaid: boolean;
}

/** The text of a variable without blanks around it; empty counts as unset. */
export function variable({ environment }: Pick<Patient, 'environment'>, name: string): string | undefined {
  return environment.variables[name]?.trim() || undefined;
}
