import type { Privacy } from '../src/export/privacy.ts';

export const STRICT: Privacy = {
  path: 'template',
  query: 'drop',
  headers: 'drop',
  clientAddress: 'truncate',
  errorText: 'drop',
};
