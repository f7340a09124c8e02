import type { AlertsDesk } from '@tacho/alerts';
import { HttpProblem } from '../http-problem.ts';
import { readable } from '../past.ts';

const ALERTS_OFF = new HttpProblem({
  status: 404,
  code: 'alerts_off',
  detail: 'Alerts are switched off in this service.',
});

/** The desk of a service with alerts; each call rejects with an `HttpProblem` where there are none, or no store now. */
export function alertsOf(desk: AlertsDesk | undefined): AlertsDesk {
  const open = <T>(ask: (there: AlertsDesk) => Promise<T>): Promise<T> => {
    if (desk === undefined) throw ALERTS_OFF;
    return readable(async () => ask(desk));
  };
  return {
    now: async () => open((there) => there.now()),
    silence: async (silence) => open((there) => there.silence(silence)),
    unsilence: async (id) => open((there) => there.unsilence(id)),
    test: async () => open((there) => there.test()),
  };
}
