import { randomBytes } from 'node:crypto';
import type { AlertsDesk } from '@tacho/alerts';
import type { Clock, HealthThresholds, KeyPeriod } from '@tacho/core';
import { alertsOf } from '../alerts/alerts-of.ts';
import type { ServiceParts } from '../health-report.ts';
import type { LiveStreams } from '../live/live-streams.ts';
import { Cursors } from '../paging/cursors.ts';
import { pagingWith } from '../paging/paging.ts';
import { type PastReads, pastOf } from '../past.ts';
import { rangeWindowOf } from '../range-window.ts';
import { type AccessLogRoute, listAccesses, verifyAccessLog } from './access-log.ts';
import { listAlerts } from './alerts.ts';
import { getEndpoint, listEndpoints } from './endpoints.ts';
import type { Handlers } from './handler.ts';
import { getHealth } from './health.ts';
import { streamLive } from './live.ts';
import { getOpenApi } from './openapi.ts';
import { getReview } from './review.ts';
import { addSilence, removeSilence } from './silences.ts';
import { listSlowRequests } from './slow-requests.ts';
import { getSummary } from './summary.ts';
import { listSystemMetrics } from './system-metrics.ts';
import { testAlerts } from './test-alerts.ts';
import { getTrends } from './trends.ts';
import { listUsers } from './users.ts';

/** What the answers are made of. */
export interface HandlersOptions extends AccessLogRoute {
  readonly history: PastReads;
  readonly live: LiveStreams;
  readonly clock: Pick<Clock, 'now'>;
  /** How tacho's parts are now. */
  readonly health: () => ServiceParts;
  readonly thresholds?: Readonly<HealthThresholds> | undefined;
  /** When users' pseudonyms were under which key. */
  readonly keyPeriods?: (() => readonly KeyPeriod[]) | undefined;
  /** Undefined where there are no alerts. */
  readonly alerts?: AlertsDesk | undefined;
  /** Of cursors: 32 bytes, random unless given. */
  readonly cursorKey?: Uint8Array | undefined;
}

export function handlersOf(options: HandlersOptions): Handlers {
  const { history, clock, health, thresholds, keyPeriods, cursorKey = randomBytes(32) } = options;
  const paging = pagingWith(new Cursors({ key: cursorKey, clock }), clock);
  const past = pastOf(history);
  const rangeWindow = rangeWindowOf(past, clock);
  const alerts = alertsOf(options.alerts);
  return {
    getSummary: getSummary({ rangeWindow, past, clock, thresholds }),
    listEndpoints: listEndpoints({ rangeWindow, paging }),
    getEndpoint: getEndpoint(rangeWindow),
    listSlowRequests: listSlowRequests({ rangeWindow, paging }),
    listSystemMetrics: listSystemMetrics(rangeWindow),
    listUsers: listUsers({ rangeWindow, paging, clock, keyPeriods }),
    getTrends: getTrends({ past, clock }),
    getReview: getReview({ past, clock, thresholds }),
    listAccesses: listAccesses({ ...options, paging }),
    verifyAccessLog: verifyAccessLog(options),
    getHealth: getHealth(health, clock),
    getOpenApi,
    listAlerts: listAlerts(alerts),
    addSilence: addSilence(alerts, clock),
    removeSilence: removeSilence(alerts),
    testAlerts: testAlerts(alerts, clock),
    streamLive: streamLive(options.live),
  };
}
