import type { Clock } from '@tacho/core';
import { healthReport, type ServiceParts } from '../health-report.ts';
import type { Handler } from './handler.ts';

/** A stranger, who may ask from anywhere, learns one word. */
export function getHealth(parts: () => ServiceParts, clock: Pick<Clock, 'now'>): Handler<'getHealth'> {
  return ({ identity }) => {
    const report = healthReport(parts(), { nowMs: clock.now(), withNotices: identity?.role === 'admin' });
    return identity === undefined ? { status: report.status } : report;
  };
}
