import type { Check } from '../check.ts';
import { ok, problem } from '../finding.ts';
import { variable } from '../patient.ts';

const SWITCHES = ['TACHO_DISABLED', 'OTEL_SDK_DISABLED'];

export const disabled: Check = {
  id: 'disabled',
  group: 'configuration',
  examine(patient) {
    const set = SWITCHES.filter((name) => /^(true|1)$/i.test(variable(patient, name) ?? ''));
    if (set.length === 0) return [ok('nothing switches tacho off')];
    return set.map((name) =>
      problem(`${name} is set: tacho does nothing at all`, `Remove ${name}, and restart the service.`),
    );
  },
};
