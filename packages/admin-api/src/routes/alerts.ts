import type { AlertsDesk } from '@tacho/alerts';
import { alertsReport } from '../alerts/alerts-report.ts';
import type { Handler } from './handler.ts';

/** Viewers are told neither which users it was nor who has silenced what. */
export function listAlerts(alerts: Pick<AlertsDesk, 'now'>): Handler<'listAlerts'> {
  return async ({ identity }) => alertsReport(await alerts.now(), identity?.role === 'admin');
}
