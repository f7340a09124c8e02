import { DEFAULT_HEALTH_THRESHOLDS, type HealthThresholds } from '@tacho/core';
import { fields } from './fields-rule.ts';
import type { ThresholdOptions } from './options.ts';
import { numberFrom, type Place, refuse } from './rule.ts';

const PERCENT = numberFrom(0, 100);

const PERCENTAGES = fields<ThresholdOptions>('an object of percentages such as { cpuWarning: 60 }', {
  cpuWarning: PERCENT,
  cpuCritical: PERCENT,
  memoryWarning: PERCENT,
  memoryCritical: PERCENT,
  diskWarning: PERCENT,
  diskCritical: PERCENT,
});

/** Percentages, none of the warnings above its critical, given or by default. */
export const THRESHOLDS: typeof PERCENTAGES = {
  ...PERCENTAGES,
  read(value, at) {
    const before = at.problems.length;
    const given = PERCENTAGES.read(value, at);
    if (given === undefined || at.problems.length > before) return undefined;
    checkOrder(given, 'cpuWarning', 'cpuCritical', at);
    checkOrder(given, 'memoryWarning', 'memoryCritical', at);
    checkOrder(given, 'diskWarning', 'diskCritical', at);
    return given;
  },
};

/** Those given, the rest by default. */
export function completeThresholds(given: ThresholdOptions | undefined): HealthThresholds {
  return {
    cpuWarning: given?.cpuWarning ?? DEFAULT_HEALTH_THRESHOLDS.cpuWarning,
    cpuCritical: given?.cpuCritical ?? DEFAULT_HEALTH_THRESHOLDS.cpuCritical,
    memoryWarning: given?.memoryWarning ?? DEFAULT_HEALTH_THRESHOLDS.memoryWarning,
    memoryCritical: given?.memoryCritical ?? DEFAULT_HEALTH_THRESHOLDS.memoryCritical,
    diskWarning: given?.diskWarning ?? DEFAULT_HEALTH_THRESHOLDS.diskWarning,
    diskCritical: given?.diskCritical ?? DEFAULT_HEALTH_THRESHOLDS.diskCritical,
  };
}

type Name = keyof ThresholdOptions;

/** Where one of the two is by default, the one given is to blame. */
function checkOrder(given: ThresholdOptions, warning: Name, critical: Name, at: Place): void {
  const { [warning]: least, [critical]: most } = completeThresholds(given);
  if (least <= most) return;
  const path = { warning: `${at.path}.${warning}`, critical: `${at.path}.${critical}` };
  if (given[warning] !== undefined)
    refuse(least, `a number from 0 to ${most} (${path.critical})`, { ...at, path: path.warning });
  else refuse(most, `a number from ${least} (${path.warning}) to 100`, { ...at, path: path.critical });
}
