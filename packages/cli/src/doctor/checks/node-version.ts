import process from 'node:process';
import type { Check } from '../check.ts';
import { type Finding, ok, problem, warning } from '../finding.ts';
import { ADVISED_NODE, compareVersions, floorMissed, LEAST_NODE, NODE_FLOORS } from '../floors.ts';

/** Both Nodes: the one that runs this command, and the one that runs the service. */
export const nodeVersion: Check = {
  id: 'node-version',
  group: 'runtime',
  async examine() {
    return [judged(process.versions.node, 'this command')];
  },
};

export function judged(version: string, what: string): Finding {
  const found = `Node ${version} runs ${what}`;
  if (compareVersions(version, LEAST_NODE) < 0)
    return problem(
      `${found}; tacho needs ${LEAST_NODE} or later`,
      `Install Node ${ADVISED_NODE} or later; older ones leave tacho switched off.`,
    );
  const missed = floorMissed(version, NODE_FLOORS);
  if (missed === undefined) return ok(found);
  const target = missed === 'newer line' ? ADVISED_NODE : missed;
  return warning(
    `${found}; it lacks fixes that matter here`,
    `Install Node ${target} or later${target === ADVISED_NODE ? '' : `, or ${ADVISED_NODE}`}.`,
  );
}
