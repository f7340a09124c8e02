import { healthReport, type ServiceParts } from '../health-report.ts';
import type { Handler } from './handler.ts';

/** A stranger, who may ask from anywhere, learns one word. */
export function getHealth(parts: () => ServiceParts): Handler<'getHealth'> {
  return ({ identity }) => {
    const report = healthReport(parts());
    return identity === undefined ? { status: report.status } : report;
  };
}
