import type { AlertMessage } from '../message.ts';
import { plainText } from './message/phrase.ts';
import { type Told, titleOf, told } from './message/told.ts';
import type { Notifier } from './notifier.ts';

/** As much of a logger as is needed; it never throws. */
export interface AlertLogger {
  info(entry: AlertLogEntry): unknown;
  warn(entry: AlertLogEntry): unknown;
  error(entry: AlertLogEntry): unknown;
}

export interface AlertLogEntry {
  readonly event: 'alert';
  readonly [field: string]: string | number | boolean | null;
}

/** One line for each message: an error for what is critical, a warning for a warning, information for the rest. */
export function logNotifier(logger: AlertLogger): Notifier {
  return {
    name: 'log',
    limitMs: 1_000,
    async send(message) {
      const entry = entryOf(message, told(message));
      if (message.kind !== 'firing') logger.info(entry);
      else if (message.severity === 'critical') logger.error(entry);
      else logger.warn(entry);
    },
  };
}

function entryOf(message: AlertMessage, { causes, ...rest }: Told): AlertLogEntry {
  const [worst] = message.alerts;
  return {
    event: 'alert',
    id: message.id,
    state: message.kind,
    severity: message.severity,
    message: titleOf({ causes, ...rest }),
    service: message.service ?? null,
    host: message.host,
    started_at: new Date(message.startedMs).toISOString(),
    alerts: message.alerts.length + message.more,
    ...(worst === undefined
      ? {}
      : {
          rule: worst.rule,
          subject: worst.subject,
          value: worst.value,
          threshold: worst.threshold,
          unit: worst.unit,
        }),
    ...(causes[0] === undefined ? {} : { cause: plainText(causes[0]) }),
  };
}
