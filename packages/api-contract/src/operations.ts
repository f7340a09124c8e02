import type * as v from 'valibot';
import { AccessLogSchema, AccessLogVerificationSchema } from './access-log.ts';
import { ALERT_OPERATIONS } from './alert-operations.ts';
import type { Body } from './body.ts';
import { EndpointsSchema } from './endpoints.ts';
import { HealthSchema } from './health.ts';
import { OpenApiDocumentSchema } from './openapi.ts';
import type { Operation } from './operation.ts';
import {
  accessLogQuery,
  accessLogVerificationQuery,
  endpointsQuery,
  noQuery,
  type Query,
  reviewQuery,
  slowRequestsQuery,
  summaryQuery,
  trendsQuery,
  usersQuery,
  windowQuery,
} from './query.ts';
import { ReviewSchema } from './review.ts';
import { SlowRequestsSchema } from './slow-requests.ts';
import { SummarySchema } from './summary.ts';
import { SystemMetricsSchema } from './system-metrics.ts';
import { TrendsSchema } from './trends.ts';
import { UsersSchema } from './users.ts';

/** Every operation, once: the server's routes, its checks of identity and the OpenAPI document are made from these. */
export const OPERATIONS = {
  getSummary: {
    method: 'GET',
    path: '/summary',
    summary: 'All of it in a few figures, the ten busiest endpoints and the health of the host.',
    access: 'viewer',
    readsHistory: true,
    query: summaryQuery,
    status: 200,
    mediaType: 'application/json',
    answer: SummarySchema,
  },
  listEndpoints: {
    method: 'GET',
    path: '/endpoints',
    summary: 'Count, errors, times and percentiles of every endpoint.',
    access: 'viewer',
    readsHistory: true,
    query: endpointsQuery,
    status: 200,
    mediaType: 'application/json',
    answer: EndpointsSchema,
  },
  getEndpoint: {
    method: 'GET',
    path: '/endpoints/{endpoint}',
    summary:
      'The same of one endpoint: `METHOD route`, percent-encoded; the slashes of its route may stay as they are.',
    access: 'viewer',
    readsHistory: true,
    query: windowQuery,
    status: 200,
    mediaType: 'application/json',
    answer: EndpointsSchema,
  },
  listSlowRequests: {
    method: 'GET',
    path: '/slow-requests',
    summary:
      'The slowest requests: when, where, how long, by whom, in which trace. Viewers are not told by whom.',
    access: 'viewer',
    readsHistory: true,
    query: slowRequestsQuery,
    status: 200,
    mediaType: 'application/json',
    answer: SlowRequestsSchema,
  },
  listSystemMetrics: {
    method: 'GET',
    path: '/system-metrics',
    summary: 'CPU, memory and disk of the host, and the Node runtime of each process.',
    access: 'viewer',
    readsHistory: true,
    query: windowQuery,
    status: 200,
    mediaType: 'application/json',
    answer: SystemMetricsSchema,
  },
  listUsers: {
    method: 'GET',
    path: '/users',
    summary: 'The heaviest users, as pseudonyms.',
    access: 'admin',
    readsHistory: true,
    query: usersQuery,
    status: 200,
    mediaType: 'application/json',
    answer: UsersSchema,
  },
  getTrends: {
    method: 'GET',
    path: '/trends',
    summary: 'How the figures went, of all endpoints together or of one.',
    access: 'viewer',
    readsHistory: true,
    query: trendsQuery,
    status: 200,
    mediaType: 'application/json',
    answer: TrendsSchema,
  },
  getReview: {
    method: 'GET',
    path: '/review',
    summary: 'A day, a week or a month: its figures, what changed, and where to look. Viewers see no users.',
    access: 'viewer',
    readsHistory: true,
    query: reviewQuery,
    status: 200,
    mediaType: 'application/json',
    answer: ReviewSchema,
  },
  streamLive: {
    method: 'GET',
    path: '/live',
    summary:
      'The summary, each second anew: events `summary`, or `problem` where there is none now, up to an hour.',
    access: 'viewer',
    readsHistory: false,
    query: windowQuery,
    status: 200,
    mediaType: 'text/event-stream',
    answer: SummarySchema,
  },
  listAccesses: {
    method: 'GET',
    path: '/access-log',
    summary: 'Who has asked for what, latest first.',
    access: 'admin',
    readsHistory: false,
    query: accessLogQuery,
    status: 200,
    mediaType: 'application/json',
    answer: AccessLogSchema,
  },
  verifyAccessLog: {
    method: 'GET',
    path: '/access-log/verify',
    summary: 'Whether an entry of the access log was changed, removed or added by others.',
    access: 'admin',
    readsHistory: false,
    query: accessLogVerificationQuery,
    status: 200,
    mediaType: 'application/json',
    answer: AccessLogVerificationSchema,
  },
  getHealth: {
    method: 'GET',
    path: '/health',
    summary: 'How tacho itself is. A stranger is told `status` alone.',
    access: 'open',
    readsHistory: false,
    query: noQuery,
    status: 200,
    mediaType: 'application/json',
    answer: HealthSchema,
  },
  getOpenApi: {
    method: 'GET',
    path: '/openapi.json',
    summary: 'This document.',
    access: 'viewer',
    readsHistory: false,
    query: noQuery,
    status: 200,
    mediaType: 'application/json',
    answer: OpenApiDocumentSchema,
  },
  ...ALERT_OPERATIONS,
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof OPERATIONS;

/** The parameters of an operation's query, checked and with their defaults. */
export type QueryOf<TName extends OperationName> =
  (typeof OPERATIONS)[TName]['query'] extends Query<infer TQuery> ? TQuery : never;

/** The body that an operation takes, checked and with its defaults; undefined where it takes none. */
export type BodyOf<TName extends OperationName> = (typeof OPERATIONS)[TName] extends {
  body: Body<infer TBody>;
}
  ? TBody
  : undefined;

/** The body of an operation's answer; undefined where it has none. */
export type AnswerOf<TName extends OperationName> = v.InferOutput<(typeof OPERATIONS)[TName]['answer']>;
