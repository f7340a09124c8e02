import type { MailSettings } from '@tacho/alerts';
import { errorText } from '../error-text.ts';
import { onDemand } from '../on-demand.ts';
import type { Reporting, ReportingOptions } from './reporting.ts';

export interface ReportsOptions extends Omit<ReportingOptions, 'mail'> {
  /** Without it, none is sent. */
  readonly mail: MailSettings | undefined;
}

export interface Reports {
  /** To be called by the leader, again and again: mails what is due. Waits for nothing, and never throws. */
  send(): void;
  end(): void;
}

const NO_REPORTS: Reports = { send: () => {}, end: () => {} };

/** Reviews by mail, loaded where this process is to send them: a start needs nothing of it. */
export function openReports({ mail, ...options }: ReportsOptions): Reports {
  const { periods, notices } = options;
  if (mail === undefined || periods.length === 0) return NO_REPORTS;
  let isEnded = false;
  let opened: Reporting | undefined;
  const load = onDemand(async (): Promise<Reporting> => {
    const { openReporting } = await import('./reporting.ts');
    opened = openReporting({ ...options, mail });
    if (isEnded) opened.stop();
    return opened;
  });
  const send = async (): Promise<void> => {
    if (!isEnded) await (await load()).sendIfDue();
  };
  return {
    send() {
      send().catch((error: unknown) =>
        notices.warnRarely('report', `reviews could not be opened: ${errorText(error)}`),
      );
    },
    end() {
      isEnded = true;
      opened?.stop();
    },
  };
}
