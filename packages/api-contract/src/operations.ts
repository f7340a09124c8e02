import type * as v from 'valibot';
import { AccessLogSchema, AccessLogVerificationSchema } from './access-log.ts';
import { EndpointsSchema } from './endpoints.ts';
import { HealthSchema } from './health.ts';
import { OpenApiDocumentSchema } from './openapi.ts';
import {
  accessLogQuery,
  accessLogVerificationQuery,
  endpointsQuery,
  noQuery,
  type Query,
  slowRequestsQuery,
  summaryQuery,
  trendsQuery,
  usersQuery,
  windowQuery,
} from './query.ts';
import { SlowRequestsSchema } from './slow-requests.ts';
import { SummarySchema } from './summary.ts';
import { SystemMetricsSchema } from './system-metrics.ts';
import { TrendsSchema } from './trends.ts';
import { UsersSchema } from './users.ts';

/**
 * Who may ask: `open` is for everybody, though a stranger may be told less; `viewer` for viewers and admins; `admin`
 * for admins alone.
 */
export type OperationAccess = 'open' | 'viewer' | 'admin';

/** One resource of the admin API, all of which are read by `GET` and `HEAD`. */
export interface Operation<TQuery = unknown, TAnswer = unknown> {
  /** Below the prefix; `{name}` is a parameter, which reaches to the path's end. */
  readonly path: string;
  /** A line for people. */
  readonly summary: string;
  readonly access: OperationAccess;
  /** Whether the answer is made from what was measured in a range: its headers then say which, and it may be heavy. */
  readonly readsHistory: boolean;
  readonly query: Query<TQuery>;
  readonly mediaType: 'application/json' | 'text/event-stream';
  /** Of the body; of one event's data, where it is a stream of events. */
  readonly answer: v.GenericSchema<unknown, TAnswer>;
}

/** Every resource, once: the server's routes, its checks of identity and the OpenAPI document are made from these. */
export const OPERATIONS = {
  getSummary: {
    path: '/summary',
    summary: 'All of it in a few figures, the ten busiest endpoints and the health of the host.',
    access: 'viewer',
    readsHistory: true,
    query: summaryQuery,
    mediaType: 'application/json',
    answer: SummarySchema,
  },
  listEndpoints: {
    path: '/endpoints',
    summary: 'Count, errors, times and percentiles of every endpoint.',
    access: 'viewer',
    readsHistory: true,
    query: endpointsQuery,
    mediaType: 'application/json',
    answer: EndpointsSchema,
  },
  getEndpoint: {
    path: '/endpoints/{endpoint}',
    summary:
      'The same of one endpoint: `METHOD route`, percent-encoded; the slashes of its route may stay as they are.',
    access: 'viewer',
    readsHistory: true,
    query: windowQuery,
    mediaType: 'application/json',
    answer: EndpointsSchema,
  },
  listSlowRequests: {
    path: '/slow-requests',
    summary:
      'The slowest requests: when, where, how long, by whom, in which trace. Viewers are not told by whom.',
    access: 'viewer',
    readsHistory: true,
    query: slowRequestsQuery,
    mediaType: 'application/json',
    answer: SlowRequestsSchema,
  },
  listSystemMetrics: {
    path: '/system-metrics',
    summary: 'CPU, memory and disk of the host, and the Node runtime of each process.',
    access: 'viewer',
    readsHistory: true,
    query: windowQuery,
    mediaType: 'application/json',
    answer: SystemMetricsSchema,
  },
  listUsers: {
    path: '/users',
    summary: 'The heaviest users, as pseudonyms.',
    access: 'admin',
    readsHistory: true,
    query: usersQuery,
    mediaType: 'application/json',
    answer: UsersSchema,
  },
  getTrends: {
    path: '/trends',
    summary: 'How the figures went, of all endpoints together or of one.',
    access: 'viewer',
    readsHistory: true,
    query: trendsQuery,
    mediaType: 'application/json',
    answer: TrendsSchema,
  },
  streamLive: {
    path: '/live',
    summary:
      'The summary, each second anew: events `summary`, or `problem` where there is none now, up to an hour.',
    access: 'viewer',
    readsHistory: false,
    query: windowQuery,
    mediaType: 'text/event-stream',
    answer: SummarySchema,
  },
  listAccesses: {
    path: '/access-log',
    summary: 'Who has asked for what, latest first.',
    access: 'admin',
    readsHistory: false,
    query: accessLogQuery,
    mediaType: 'application/json',
    answer: AccessLogSchema,
  },
  verifyAccessLog: {
    path: '/access-log/verify',
    summary: 'Whether an entry of the access log was changed, removed or added by others.',
    access: 'admin',
    readsHistory: false,
    query: accessLogVerificationQuery,
    mediaType: 'application/json',
    answer: AccessLogVerificationSchema,
  },
  getHealth: {
    path: '/health',
    summary: 'How tacho itself is. A stranger is told `status` alone.',
    access: 'open',
    readsHistory: false,
    query: noQuery,
    mediaType: 'application/json',
    answer: HealthSchema,
  },
  getOpenApi: {
    path: '/openapi.json',
    summary: 'This document.',
    access: 'viewer',
    readsHistory: false,
    query: noQuery,
    mediaType: 'application/json',
    answer: OpenApiDocumentSchema,
  },
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof OPERATIONS;

/** The parameters of an operation's query, checked and with their defaults. */
export type QueryOf<TName extends OperationName> =
  (typeof OPERATIONS)[TName]['query'] extends Query<infer TQuery> ? TQuery : never;

/** The body of an operation's answer. */
export type AnswerOf<TName extends OperationName> = v.InferOutput<(typeof OPERATIONS)[TName]['answer']>;
