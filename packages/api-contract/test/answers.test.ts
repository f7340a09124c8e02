import { describe, expect, it } from '@jest/globals';
import { validateEndpoints } from '../src/endpoints.ts';
import { validateHealth } from '../src/health.ts';
import { validateSlowRequests } from '../src/slow-requests.ts';
import { validateSummary } from '../src/summary.ts';
import { validateSystemMetrics } from '../src/system-metrics.ts';
import { validateTrends } from '../src/trends.ts';
import type { Validator } from '../src/validation.ts';

const statistics = {
  p50: 0.2,
  p90: 0.3,
  p95: 0.4,
  p99: 1.4,
  apdex: 0.98,
  client_errors: 5,
  server_errors: 0,
  aborted: 1,
  streamed: 2,
};

const coverage = {
  from: '2025-07-18T01:42:00.000000Z',
  to: '2025-07-19T01:42:25.123456Z',
  resolution: 'minute',
  partial: false,
};

const summary = {
  total_requests: 1250,
  avg_response_time: 0.234,
  slow_requests: 12,
  error_rate: 2.4,
  top_endpoints: [{ endpoint: 'POST /api/auth/login', count: 150, avg_time: 0.235, error_rate: 3.3 }],
  system_health: 'healthy',
  ...statistics,
  invalid: 0,
  overflow_requests: 0,
  not_measured: { 'admin-api': 3 },
  ...coverage,
};

const totals = {
  total_requests: 1000,
  avg_response_time: 0.2,
  slow_requests: 6,
  error_rate: 0,
  ...statistics,
};
const comparison = {
  ...totals,
  ...coverage,
  change: { ...totals, avg_response_time: 17, slow_requests: 100, error_rate: null, p50: -100 },
};

const figures = {
  requests: 12,
  throughput: 0.2,
  avg_time: null,
  p50: 0.2,
  p90: 0.3,
  p95: 0.4,
  p99: 1.4,
  error_rate: 8.3333,
  errors: 1,
  slow_requests: 0,
  apdex: 1,
  aborted: 0,
  streamed: 0,
};
const line = { ...coverage, points: [{ timestamp: coverage.from, ...figures }], total: figures };
const trends = { endpoint: 'POST /api/auth/login', step: '15m', ...line };

const exportHealth = {
  state: 'degraded',
  reason: { code: 'not_exported', text: 'connect ECONNREFUSED 127.0.0.1:4318' },
  spans: {
    produced: 30,
    sent: 9,
    queued: 6,
    dropped: 15,
    dropped_because: { queue_full: 5, refused: 4, timed_out: 3, failed: 2, shut_down: 1 },
    not_held: 8,
  },
  metrics: { sent: 7, failed: 2 },
};

const storeHealth = {
  kind: 'file',
  location: '/srv/app/.tacho/tacho.db',
  state: 'degraded',
  reason: { code: 'unavailable', text: 'The disk is full.' },
  rows: 8640,
  bytes: 4_194_304,
  max_bytes: 1_073_741_824,
  oldest: '2025-06-19T01:42:00.000000Z',
  newest: null,
  encryption: 'off',
  waiting_rows: 3,
  leader: false,
  leader_pid: 4711,
  backups: { every_seconds: 21_600, folder: '/srv/app/.tacho/backups' },
  processes: 2,
};

const processHealth = {
  version: '0.1.0',
  node: '24.16.0',
  pid: 4711,
  started: '2025-07-19T01:42:25.123000Z',
  now: '2025-07-19T01:43:25.123000Z',
  traces: 'on',
  http: 'lean',
};

const notices = {
  count: 3,
  latest: [
    { level: 'warn', timestamp: '2025-07-19T01:42:25.123000Z', text: 'port 9797 is in use', count: 3 },
  ],
};

const otherHealth = { process: processHealth, notices };

const endpoint = {
  count: 150,
  total_time: 35.2,
  avg_time: 0.235,
  min_time: 0.123,
  max_time: 1.456,
  errors: 5,
  ...statistics,
};

const slowRequest = {
  timestamp: '2025-07-19T01:42:25.123456Z',
  endpoint: '/api/auth/login',
  method: 'POST',
  response_time: 2.345,
  status_code: 200,
  user_email: null,
  trace_id: '0af7651916cd43dd8448eb211c80319c',
};

const systemMetric = {
  timestamp: '2025-07-19T01:42:25.123456Z',
  cpu_percent: 15.2,
  memory_percent: 45.8,
  memory_available: 8589934592,
  disk_percent: 67.3,
  disk_free: null,
  processes: [
    {
      pid: 4711,
      thread_id: 0,
      interval: 10,
      process_uptime: 3600.5,
      process_cpu_utilization_percent: 5,
      process_memory_usage: 90000000,
      v8js_memory_heap_used: 15000000,
      v8js_memory_heap_limit: 4000000000,
      v8js_memory_external: 5000000,
      v8js_gc_count: 3,
      v8js_gc_duration: 0.0045,
      v8js_gc_duration_max: 0.002,
      v8js_gc_observed: 10,
      v8js_resource_active: 7,
      nodejs_eventloop_delay_p50: 0.0002,
      nodejs_eventloop_delay_p99: 0.004,
      nodejs_eventloop_delay_max: 0.012,
      nodejs_eventloop_utilization_percent: 8,
    },
  ],
};

interface Answer {
  name: string;
  validate: Validator<unknown>;
  example: Record<string, unknown>;
  /** Wraps the example as the API does. */
  answer: (example: Record<string, unknown>) => unknown;
  /** Where an issue with a field of the example is. */
  pathTo: (field: string) => string;
  wrong: [field: string, value: unknown][];
}

const answers: Answer[] = [
  {
    name: 'summary',
    validate: validateSummary,
    example: summary,
    answer: (example) => example,
    pathTo: (field) => field,
    wrong: [
      ['total_requests', -1],
      ['total_requests', 1.5],
      ['total_requests', '1250'],
      ['avg_response_time', Number.NaN],
      ['avg_response_time', null],
      ['error_rate', Number.POSITIVE_INFINITY],
      ['system_health', 'ill'],
      ['apdex', 1.1],
      ['p50', -0.1],
      ['from', '2025-07-18T01:42:25.123Z'],
      ['to', '2025-07-18T01:42:25.123456+00:00'],
      ['resolution', 'second'],
      ['partial', null],
    ],
  },
  {
    name: 'comparison of a summary',
    validate: validateSummary,
    example: comparison,
    answer: (example) => ({ ...summary, comparison: example }),
    pathTo: (field) => `comparison.${field}`,
    wrong: [
      ['total_requests', null],
      ['change', null],
    ],
  },
  {
    name: 'trends',
    validate: validateTrends,
    example: trends,
    answer: (example) => example,
    pathTo: (field) => field,
    wrong: [
      ['step', '15'],
      ['step', '0m'],
      ['endpoint', 5],
      ['points', {}],
      ['from', null],
    ],
  },
  {
    name: 'a point of trends',
    validate: validateTrends,
    example: { timestamp: coverage.from, requests: 12 },
    answer: (example) => ({ ...trends, points: [example] }),
    pathTo: (field) => `points.0.${field}`,
    wrong: [
      ['requests', null],
      ['p95', '0.4'],
      ['apdex', 2],
      ['throughput', -1],
    ],
  },
  {
    name: 'comparison of trends',
    validate: validateTrends,
    example: { ...line, change: { requests: -50, p95: null } },
    answer: (example) => ({ ...trends, comparison: example }),
    pathTo: (field) => `comparison.${field}`,
    wrong: [['total', null]],
  },
  {
    name: 'health',
    validate: validateHealth,
    example: storeHealth,
    answer: (example) => ({ status: 'degraded', store: example, export: null, ...otherHealth }),
    pathTo: (field) => `store.${field}`,
    wrong: [
      ['kind', 'disk'],
      ['state', 'fine'],
      ['rows', -1],
      ['encryption', null],
      ['backups', 'daily'],
    ],
  },
  {
    name: 'health of the process',
    validate: validateHealth,
    example: processHealth,
    answer: (example) => ({
      status: 'ok',
      store: storeHealth,
      export: null,
      process: example,
      notices: null,
    }),
    pathTo: (field) => `process.${field}`,
    wrong: [
      ['node', 24],
      ['pid', -1],
      ['traces', 'some'],
    ],
  },
  {
    name: 'health of the export',
    validate: validateHealth,
    example: exportHealth,
    answer: (example) => ({ status: 'degraded', store: storeHealth, export: example, ...otherHealth }),
    pathTo: (field) => `export.${field}`,
    wrong: [
      ['state', 'fine'],
      ['spans', 5],
      ['metrics', 'none'],
    ],
  },
  {
    name: 'endpoints',
    validate: validateEndpoints,
    example: endpoint,
    answer: (example) => ({ 'POST /api/auth/login': example }),
    pathTo: (field) => `POST /api/auth/login.${field}`,
    wrong: [
      ['count', null],
      ['total_time', null],
      ['avg_time', 'fast'],
      ['errors', -1],
    ],
  },
  {
    name: 'slow requests',
    validate: validateSlowRequests,
    example: slowRequest,
    answer: (example) => [example],
    pathTo: (field) => `0.${field}`,
    wrong: [
      ['user_email', 5],
      ['response_time', null],
      ['timestamp', 'yesterday'],
      ['status_code', '200'],
    ],
  },
  {
    name: 'system metrics',
    validate: validateSystemMetrics,
    example: systemMetric,
    answer: (example) => [example],
    pathTo: (field) => `0.${field}`,
    wrong: [
      ['cpu_percent', -1],
      ['memory_available', 0.5],
      ['disk_free', '21474836480'],
      ['processes', null],
      ['processes', { pid: 4711 }],
    ],
  },
];

describe.each(answers)('$name', ({ validate, example, answer, pathTo, wrong }) => {
  it("takes the guide's example, and hands it back whole", () => {
    expect(validate(answer(example))).toEqual({ ok: true, value: answer(example) });
  });

  it.each(Object.keys(example))('needs %s', (field) => {
    const { [field]: _, ...rest } = example;
    expect(validate(answer(rest))).toMatchObject({ ok: false, issue: { path: pathTo(field) } });
  });

  it.each(wrong)('refuses %s = %p', (field, value) => {
    expect(validate(answer({ ...example, [field]: value }))).toMatchObject({
      ok: false,
      issue: { path: pathTo(field), message: expect.any(String) },
    });
  });

  it('lets through what a newer service adds, and leaves it out', () => {
    expect(validate(answer({ ...example, added_later: 1 }))).toEqual({ ok: true, value: answer(example) });
  });

  it.each([undefined, null, 'text', 5])('refuses %p', (value) => {
    expect(validate(value)).toMatchObject({ ok: false, issue: { path: '' } });
  });
});

describe('what is unknown', () => {
  it('may be null: percentiles and Apdex of nothing, times of an endpoint without a completed request', () => {
    const none = { p50: null, p90: null, p95: null, p99: null, apdex: null };
    expect(validateSummary({ ...summary, ...none }).ok).toBe(true);
    const times = { avg_time: null, min_time: null, max_time: null };
    expect(validateEndpoints({ 'GET /': { ...endpoint, ...none, ...times } }).ok).toBe(true);
  });
});

describe('a change', () => {
  it.each([-100, 0, 0.5, 1e9, null])('may be %p', (requests) => {
    const answer = { ...trends, comparison: { ...line, change: { requests } } };
    expect(validateTrends(answer)).toEqual({ ok: true, value: answer });
  });

  it.each([-100.1, Number.NaN, Number.POSITIVE_INFINITY, '5', undefined])('is never %p', (requests) => {
    const answer = { ...trends, comparison: { ...line, change: { requests } } };
    expect(validateTrends(answer)).toMatchObject({
      ok: false,
      issue: { path: 'comparison.change.requests' },
    });
  });
});
