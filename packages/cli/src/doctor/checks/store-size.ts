import { percent, size } from '../../figures.ts';
import type { Check } from '../check.ts';
import { ok, warning } from '../finding.ts';

const NEARLY_FULL = 0.9;

export const storeSize: Check = {
  id: 'store-size',
  group: 'store',
  async examine({ service }) {
    const { store } = await service.health();
    const found = `the store takes up ${size(store.bytes)} of ${size(store.max_bytes)}`;
    const share = store.bytes / store.max_bytes;
    if (share < NEARLY_FULL || store.kind === 'memory') return [ok(found)];
    return [
      warning(
        `${found}, ${percent(100 * share)}: past it, the oldest is given up before its time`,
        'Raise TACHO_MAX_STORE_BYTES (option maxStoreBytes), or keep less with TACHO_RETENTION_DAYS.',
      ),
    ];
  },
};
