import { count } from '../../figures.ts';
import type { Check } from '../check.ts';
import { ok, problem, skipped } from '../finding.ts';

export const accessLog: Check = {
  id: 'access-log',
  group: 'service',
  async examine({ service }) {
    if ((await service.answer('/access-log/verify')).status === 403)
      return [skipped('it is for admins alone')];
    const { intact, entries, fault_count, faults } = await service.accessLogVerification();
    if (intact) return [ok(`the access log is intact, with ${count(entries)} entries`)];
    const kinds = [...new Set(faults.map(({ kind }) => kind))].join(', ');
    return [
      problem(
        `the access log is not intact: ${count(fault_count)} faults (${kinds})`,
        'Somebody has changed the file: keep it as it is, find out who may write it, and compare with a backup; docs/access-log.md.',
      ),
    ];
  },
};
