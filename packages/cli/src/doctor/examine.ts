import { CommandError } from '../command-error.ts';
import type { CommandClock } from '../environment.ts';
import { failureReason } from '../failure-reason.ts';
import { untilAborted } from '../until-aborted.ts';
import type { Check } from './check.ts';
import { type Finding, skipped } from './finding.ts';
import type { Patient } from './patient.ts';

/** No check may take longer. */
const LIMIT_MS = 5_000;

/** Only the check of the service itself says why. */
const NO_ANSWER = 'the service tells nothing: see "service"';

export interface Examined {
  readonly check: Check;
  readonly findings: readonly Finding[];
}

/**
 * All checks at once, in the order given. None ends the others.
 * @throws the reason of `interrupted` once that is aborted
 */
export async function examine(checks: readonly Check[], patient: Patient): Promise<readonly Examined[]> {
  const { clock, interrupted } = patient.environment;
  const all = Promise.all(
    checks.map(async (check) => ({ check, findings: await findingsOf(check, patient, clock) })),
  );
  return await untilAborted(all, interrupted);
}

async function findingsOf(check: Check, patient: Patient, clock: CommandClock): Promise<readonly Finding[]> {
  const late = clock.timeout(LIMIT_MS);
  try {
    return await untilAborted((async () => check.examine(patient, late))(), late);
  } catch (error) {
    if (late.aborted) return [skipped(`it took longer than ${LIMIT_MS / 1000} s`)];
    return [skipped(error instanceof CommandError ? NO_ANSWER : failureReason(error))];
  }
}
