import type { Degradation } from '@tacho/api-contract';
import type { Check } from '../check.ts';
import { ok, problem } from '../finding.ts';

const REMEDIES: Readonly<Record<Degradation['code'], string>> = {
  closed: 'Restart the service: it has shut tacho down.',
  unavailable:
    'Let the service write its file: make room on the disk, chown and chmod 600 the file, 700 its folder; tacho takes it up again by itself.',
  over_cap: 'Raise TACHO_MAX_STORE_BYTES (option maxStoreBytes), or keep less with TACHO_RETENTION_DAYS.',
  not_exported: 'Let OTEL_EXPORTER_OTLP_ENDPOINT lead to a backend that takes it; "exporter" below tries it.',
};

/** What the service says of itself. */
export const health: Check = {
  id: 'health',
  group: 'service',
  async examine({ service }) {
    const { store, export: exported } = await service.health();
    const reasons = [
      { part: 'the store', reason: store.reason },
      { part: 'the export', reason: exported?.reason ?? null },
    ];
    const findings = reasons.flatMap(({ part, reason }) =>
      reason === null ? [] : problem(`${part} is degraded: ${reason.text}`, REMEDIES[reason.code]),
    );
    return findings.length > 0 ? findings : [ok('the service is well')];
  },
};
