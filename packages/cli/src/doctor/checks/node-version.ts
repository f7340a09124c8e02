import process from 'node:process';
import type { Check } from '../check.ts';
import { type Finding, ok, problem, warning } from '../finding.ts';
import { ADVISED_NODE, compareVersions, floorMissed, LEAST_NODE, NODE_FLOORS } from '../floors.ts';

/** Both Nodes: the one that runs this command, and the one that runs the service. */
export const nodeVersion: Check = {
  id: 'node-version',
  group: 'runtime',
  async examine({ service }) {
    const ours = process.versions.node;
    const health = await service.health().catch(() => undefined);
    const theirs = health?.process.node ?? ours;
    if (theirs === ours) return [judged(ours, health === undefined ? 'this command' : 'the service')];
    return [judged(theirs, 'the service'), judged(ours, 'this command')];
  },
};

export function judged(version: string, what: string): Finding {
  const found = `Node ${version} runs ${what}`;
  if (compareVersions(version, LEAST_NODE) < 0)
    return problem(
      `${found}; tacho needs ${LEAST_NODE} or later, and is switched off before that`,
      `Install Node ${ADVISED_NODE} or later.`,
    );
  const missed = floorMissed(version, NODE_FLOORS);
  if (missed === undefined) return ok(found);
  const mended = missed === 'newer line' ? ADVISED_NODE : missed;
  return warning(
    `${found}, and lacks fixes that matter here`,
    `Install Node ${mended} or later${mended === ADVISED_NODE ? '' : `, or ${ADVISED_NODE}`}.`,
  );
}
