import { type Patient, variable } from './patient.ts';

export interface StorePlace {
  /** Absolute; undefined for a store in memory, or one of a service elsewhere. */
  readonly path: string | undefined;
  /** Where the service has it, if it is one of this machine. */
  readonly serviceHas: string | undefined;
  /** For how long that has run. */
  readonly upMs: number;
}

/** The store's file: as somebody has said, or else where the service that runs here has it, or else by default. */
export async function storeOf(patient: Patient): Promise<StorePlace> {
  const health = isLocal(patient) ? await patient.service.health().catch(() => undefined) : undefined;
  const serviceHas = health?.store.location ?? undefined;
  const upMs = health === undefined ? 0 : Date.parse(health.process.now) - Date.parse(health.process.started);
  const isSaid = patient.storeIsSaid || variable(patient, 'TACHO_STORE') !== undefined;
  if (isSaid || health === undefined) return { path: patient.store, serviceHas, upMs };
  return { path: serviceHas, serviceHas, upMs };
}

/** Whether the service runs on this machine, so that its files are ours to look at. */
export function isLocal({ service: { url } }: Patient): boolean {
  return url !== undefined && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname);
}
