import type { Check } from './check.ts';
import { nodeVersion } from './checks/node-version.ts';
import { service } from './checks/service.ts';
import { sqliteVersion } from './checks/sqlite-version.ts';
import { storeModes } from './checks/store-modes.ts';
import { variables } from './checks/variables.ts';

/** In the order in which they are told. */
export const CHECKS: readonly Check[] = [nodeVersion, sqliteVersion, variables, service, storeModes];
