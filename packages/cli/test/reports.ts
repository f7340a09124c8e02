import type {
  Endpoint,
  Endpoints,
  ProcessMetric,
  SlowRequest,
  Summary,
  SystemMetric,
  TrendPoint,
  Trends,
} from '@tacho/api-contract';

/** What a service answers, by path below `/api/performance`. */
export interface Answers {
  '/summary': Summary;
  '/endpoints': Endpoints;
  '/slow-requests': SlowRequest[];
  '/system-metrics': SystemMetric[];
  '/trends': Trends;
}

export function someAnswers(): Answers {
  return {
    '/summary': aSummary(),
    '/endpoints': {
      'POST /api/auth/login': anEndpoint({ count: 150, errors: 5, p95: 1.2, max_time: 1.456 }),
      'GET /users/{id}': anEndpoint({ count: 40, errors: 0, avg_time: 0.004 }),
    },
    '/slow-requests': [aSlowRequest()],
    '/system-metrics': [aMetric({ cpu_percent: 99 }), aMetric()],
    '/trends': someTrends(),
  };
}

export function aSummary(fields: Partial<Summary> = {}): Summary {
  return {
    total_requests: 1250,
    avg_response_time: 0.234,
    slow_requests: 12,
    error_rate: 2.4,
    top_endpoints: [{ endpoint: 'POST /api/auth/login', count: 150, avg_time: 0.235, error_rate: 3.3333 }],
    system_health: 'healthy',
    p50: 0.2,
    p90: 0.9,
    p95: 1.25,
    p99: 2.5,
    apdex: 0.93,
    client_errors: 28,
    server_errors: 2,
    aborted: 1,
    streamed: 0,
    invalid: 0,
    overflow_requests: 0,
    not_measured: { 'excluded /healthz': 6 },
    from: '2026-11-22T12:45:01.000000Z',
    to: '2026-11-23T12:45:01.000000Z',
    resolution: 'hour',
    partial: false,
    ...fields,
  };
}

export function anEndpoint(fields: Partial<Endpoint> = {}): Endpoint {
  return {
    count: 10,
    total_time: 2.35,
    avg_time: 0.235,
    min_time: 0.123,
    max_time: 0.456,
    errors: 1,
    p50: 0.2,
    p90: 0.3,
    p95: 0.4,
    p99: 0.45,
    apdex: 1,
    client_errors: 1,
    server_errors: 0,
    aborted: 0,
    streamed: 0,
    ...fields,
  };
}

export function aSlowRequest(fields: Partial<SlowRequest> = {}): SlowRequest {
  return {
    timestamp: '2026-11-23T12:40:12.123456Z',
    endpoint: '/api/reports',
    method: 'GET',
    response_time: 4.217,
    status_code: 500,
    user_email: null,
    trace_id: null,
    ...fields,
  };
}

export function aMetric(fields: Partial<SystemMetric> = {}): SystemMetric {
  return {
    timestamp: '2026-11-23T12:44:55.000000Z',
    cpu_percent: 15.2,
    memory_percent: 45.8,
    memory_available: 8_589_934_592,
    disk_percent: 67.3,
    disk_free: 21_474_836_480,
    processes: [aProcess({ v8js_memory_heap_used: 20_000_000 }), aProcess({ pid: 4712 })],
    ...fields,
  };
}

export function aProcess(fields: Partial<ProcessMetric> = {}): ProcessMetric {
  return {
    pid: 4711,
    thread_id: 0,
    interval: 10,
    process_uptime: 3600,
    process_cpu_utilization_percent: 5,
    process_memory_usage: 90_000_000,
    v8js_memory_heap_used: 15_000_000,
    v8js_memory_heap_limit: 4_000_000_000,
    v8js_memory_external: 5_000_000,
    v8js_gc_count: 3,
    v8js_gc_duration: 0.0045,
    v8js_gc_duration_max: 0.002,
    v8js_gc_observed: 10,
    v8js_resource_active: 7,
    nodejs_eventloop_delay_p50: 0.0002,
    nodejs_eventloop_delay_p99: 0.004,
    nodejs_eventloop_delay_max: 0.012,
    nodejs_eventloop_utilization_percent: 8,
    ...fields,
  };
}

/** A day in steps of a quarter of an hour, ever busier. */
export function someTrends(fields: Partial<Trends> = {}): Trends {
  const points = Array.from(
    { length: 96 },
    (_, step): TrendPoint => ({
      timestamp: new Date(Date.UTC(2026, 10, 22, 12, 45) + step * 900_000).toISOString().replace('Z', '000Z'),
      requests: step,
      p95: step === 0 ? null : 0.1 + step / 100,
      error_rate: step % 10,
    }),
  );
  return {
    endpoint: null,
    step: '15m',
    points,
    total: { requests: 4560, throughput: 0.0528 },
    from: '2026-11-22T12:45:00.000000Z',
    to: '2026-11-23T12:45:00.000000Z',
    resolution: 'minute',
    partial: false,
    ...fields,
  };
}
