import type { Check } from './check.ts';
import { accessLog } from './checks/access-log.ts';
import { backups } from './checks/backups.ts';
import { clock } from './checks/clock.ts';
import { disabled } from './checks/disabled.ts';
import { diskSpace } from './checks/disk-space.ts';
import { droppedSpans } from './checks/dropped-spans.ts';
import { envFiles } from './checks/env-files.ts';
import { exporter } from './checks/exporter.ts';
import { exposure } from './checks/exposure.ts';
import { health } from './checks/health.ts';
import { loadOrder } from './checks/load-order.ts';
import { mail } from './checks/mail.ts';
import { memoryLimit } from './checks/memory-limit.ts';
import { movedAside } from './checks/moved-aside.ts';
import { nodeVersion } from './checks/node-version.ts';
import { notices } from './checks/notices.ts';
import { otelCopies } from './checks/otel-copies.ts';
import { routes } from './checks/routes.ts';
import { sampling } from './checks/sampling.ts';
import { service } from './checks/service.ts';
import { sqliteVersion } from './checks/sqlite-version.ts';
import { storeFile } from './checks/store-file.ts';
import { storeModes } from './checks/store-modes.ts';
import { storePlace } from './checks/store-place.ts';
import { storeSize } from './checks/store-size.ts';
import { tokens } from './checks/tokens.ts';
import { tracedRequest } from './checks/traced-request.ts';
import { traffic } from './checks/traffic.ts';
import { variables } from './checks/variables.ts';
import { versions } from './checks/versions.ts';
import { webhook } from './checks/webhook.ts';

/** Everything that is looked at, in the order in which it is told. */
export const CHECKS: readonly Check[] = [
  ...[nodeVersion, sqliteVersion, memoryLimit],
  ...[otelCopies, loadOrder],
  ...[variables, disabled, tokens, envFiles, exposure],
  ...[service, versions, health, notices, clock, traffic, routes, accessLog],
  ...[storeFile, storeModes, storePlace, storeSize, diskSpace, backups, movedAside],
  ...[exporter, sampling, droppedSpans],
  ...[mail, webhook],
  tracedRequest,
];
