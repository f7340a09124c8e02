import type { Finding } from './finding.ts';
import type { Patient } from './patient.ts';

/** What a report is divided into, in this order. */
export const GROUPS = {
  runtime: 'Runtime',
  installation: 'Installation',
  configuration: 'Configuration',
  service: 'Service',
  store: 'Store',
  export: 'Export',
  alerts: 'Alerts',
  request: 'One request',
} as const;

export type Group = keyof typeof GROUPS;

/** One thing that may be wrong. */
export interface Check {
  /** For programs: stays. */
  readonly id: string;
  readonly group: Group;
  /**
   * Looks, and changes nothing. What it throws is a finding that it could not look.
   * @param signal aborted when it has taken too long
   * @returns at least one finding; several where several things of the kind are wrong
   */
  examine(patient: Patient, signal: AbortSignal): readonly Finding[] | Promise<readonly Finding[]>;
}
