import { expect, it } from '@jest/globals';
import {
  type AccessLog,
  type AccessLogVerification,
  type Alerts,
  type AlertTest,
  type AnswerOf,
  type Endpoints,
  type Health,
  OPERATIONS,
  type OpenApiDocument,
  type OperationName,
  type Review,
  type Silence,
  type SlowRequests,
  type Summary,
  type SystemMetrics,
  type Trends,
  type Users,
} from '../src/index.ts';

/** What clients import by name. */
interface Exported {
  getSummary: Summary;
  listEndpoints: Endpoints;
  getEndpoint: Endpoints;
  listSlowRequests: SlowRequests;
  listSystemMetrics: SystemMetrics;
  listUsers: Users;
  getTrends: Trends;
  getReview: Review;
  streamLive: Summary;
  listAccesses: AccessLog;
  verifyAccessLog: AccessLogVerification;
  getHealth: Health;
  getOpenApi: OpenApiDocument;
  listAlerts: Alerts;
  addSilence: Silence;
  removeSilence: undefined;
  testAlerts: AlertTest;
}

type Same<A, B> = [A, B] extends [B, A] ? true : false;

it('every answer has a type that clients can import', () => {
  // Compiles only as long as there is one for each operation, and it is the same.
  const same: { [TName in OperationName]: Same<AnswerOf<TName>, Exported[TName]> } = {
    getSummary: true,
    listEndpoints: true,
    getEndpoint: true,
    listSlowRequests: true,
    listSystemMetrics: true,
    listUsers: true,
    getTrends: true,
    getReview: true,
    streamLive: true,
    listAccesses: true,
    verifyAccessLog: true,
    getHealth: true,
    getOpenApi: true,
    listAlerts: true,
    addSilence: true,
    removeSilence: true,
    testAlerts: true,
  };
  expect(Object.keys(same)).toEqual(Object.keys(OPERATIONS));
});
