import { MINUTE_MS } from '@tacho/core';
import { count } from '../../figures.ts';
import type { Check } from '../check.ts';
import { type Finding, ok, problem, warning } from '../finding.ts';

/** A service that has just started may have had no visitor. */
const SETTLED_MS = 15 * MINUTE_MS;

export const traffic: Check = {
  id: 'traffic',
  group: 'service',
  async examine({ service }) {
    const [{ process }, summary] = await Promise.all([service.health(), service.summary()]);
    const findings: Finding[] = [];
    const upMs = Date.parse(process.now) - Date.parse(process.started);
    if (summary.total_requests === 0 && upMs > SETTLED_MS)
      findings.push(
        warning(
          'no request was measured in the last hour',
          'See with --app whether one arrives; a process that serves in other processes or threads needs tacho in those.',
        ),
      );
    const failed = summary.not_measured['failed to observe'] ?? 0;
    if (failed > 0)
      findings.push(
        problem(
          `tacho failed to observe ${count(failed)} requests`,
          'Update tacho, and report what its log says.',
        ),
      );
    if (summary.invalid > 0)
      findings.push(
        warning(
          `${count(summary.invalid)} measurements had no valid time or status`,
          'See whether the clock jumps ("timedatectl").',
        ),
      );
    if (findings.length > 0) return findings;
    return [ok(`${count(summary.total_requests)} requests in the last hour`)];
  },
};
