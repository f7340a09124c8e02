import { createRequire } from 'node:module';
import { isDisabled } from './config/disabled.ts';
import type { MonitoringOptions } from './config/options.ts';
import { errorCode, errorText } from './error-text.ts';
import { INERT_MONITORING, type Monitoring } from './monitoring.ts';
import { writeStderrLine } from './stderr-line.ts';
import { isSupportedNode, NODE_NEEDED } from './supported-node.ts';

export type {
  AdminContext,
  AdminHandler,
  AdminMiddleware,
  AdminMountOptions,
} from '@tacho/admin-api/mount/handlers';
export type { TachoError, TachoErrorCode } from '@tacho/core/errors';
export type {
  AdminApiOptions,
  Authenticated,
  JwtOptions,
  RateLimitOptions,
  TokenOptions,
} from './config/admin-api-options.ts';
export type { AlertOptions, GivenKind, RuleOptions, SloOptions } from './config/alert-options.ts';
export type { MailOptions } from './config/mail-options.ts';
export type {
  BackupOptions,
  Instrumentation,
  MonitoringOptions,
  PrivacyOptions,
  RetentionOptions,
  ThresholdOptions,
} from './config/options.ts';
export type { WebhookOptions } from './config/webhook-options.ts';
export type { LogEntry, Logger } from './log/logger.ts';
export type { Monitoring } from './monitoring.ts';

let toldOfOldNode = false;

/**
 * Measures this process's HTTP server from now on, whatever was loaded before. Called again it gives the same
 * handle and one warning; after the handle's `shutdown` it starts anew. With `TACHO_DISABLED=true` or
 * `OTEL_SDK_DISABLED=true` it does nothing at all, and gives a handle that does nothing.
 *
 * @throws TachoError with the `code` `TACHO_BAD_OPTION`, its message naming each wrong option, the value seen and
 * what is allowed. Nothing else is ever thrown: an old Node, a wrong environment variable or a failing part is
 * one line on stderr.
 */
export function startMonitoring(options?: MonitoringOptions): Monitoring {
  if (!isSupportedNode()) {
    if (!toldOfOldNode) writeStderrLine(`${NODE_NEEDED} and is switched off; this is ${process.version}.`);
    toldOfOldNode = true;
    return INERT_MONITORING;
  }
  try {
    if (isDisabled(process.env)) return INERT_MONITORING;
    // The rest is loaded by `require`, now that it is known that it can be: that keeps this synchronous.
    const require = createRequire(import.meta.url);
    const { monitor } = require('./monitor.js') as typeof import('./monitor.ts');
    return monitor(options, process.env);
  } catch (thrown) {
    if (errorCode(thrown) === 'TACHO_BAD_OPTION') throw thrown;
    writeStderrLine(
      `tacho: could not be loaded and is switched off: ${errorText(thrown)}${remedyFor(thrown)}`,
    );
    return INERT_MONITORING;
  }
}

function remedyFor(thrown: unknown): string {
  return errorCode(thrown) === 'MODULE_NOT_FOUND' ? ' (in a bundle, leave the package tacho external)' : '';
}
