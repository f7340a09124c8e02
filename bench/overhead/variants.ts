import { join } from 'node:path';
import { otlpTo } from './otel-environment.ts';
import { PEERS } from './peers.ts';
import type { Variant } from './variant.ts';

export const BARE: Variant = { name: 'bare', label: 'bare', file: 'variants/bare.cjs' };

/** As it is without any option, but in memory. */
export const TACHO: Variant = { name: 'tacho', label: 'tacho', file: 'variants/tacho.cjs' };

const WAYS_OF_TACHO: readonly Variant[] = [
  TACHO,
  { name: 'tacho-statistics', label: 'tacho, statistics only', file: 'variants/tacho-statistics.cjs' },
  {
    name: 'tacho-otlp',
    label: 'tacho, every span over OTLP/http',
    file: 'variants/tacho.cjs',
    exportsSpans: true,
    env: otlpTo,
  },
  { name: 'tacho-standard', label: "tacho, http: 'standard'", file: 'variants/tacho-standard.cjs' },
  {
    name: 'tacho-sqlite',
    label: 'tacho, SQLite and admin API',
    file: 'variants/tacho-sqlite.cjs',
    env: ({ folder }) => ({ TACHO_STORE: join(folder, 'tacho.db') }),
  },
];

/** In the order of the table. The second bare one shows how much a figure can be off. */
export const VARIANTS: readonly Variant[] = [
  BARE,
  { ...BARE, name: 'bare-again', label: 'bare again (A/A)' },
  ...PEERS,
  ...WAYS_OF_TACHO,
];
