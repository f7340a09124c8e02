import createClient from 'openapi-fetch';
import type { components, operations, paths } from './admin-api.d.ts';

/**
 * Asks everything of an admin API with a client that was generated from its description, and prints what it was told
 * of each. Every figure is put where only its type may be: what the description leaves open does not compile.
 *
 * `node client.mts <url with prefix> <token> <METHOD route>`
 */
const [baseUrl = '', token = '', endpoint = ''] = process.argv.slice(2);
const client = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${token}` } });

/** The one that was added, to be removed. */
let silence = '';

/** Each tells a figure, or a text, that its answer has to have. */
const reads = {
  getSummary: async () => {
    const { data, response } = await client.GET('/summary', { params: { query: { compare: 'previous' } } });
    const change: number | null | undefined = data?.comparison?.change.p95;
    const resolution: 'minute' | 'hour' | 'day' | undefined = data?.resolution;
    if (change === undefined || response.headers.get('Tacho-Resolution') !== resolution) return undefined;
    return data?.total_requests;
  },
  listEndpoints: async () => {
    const query = { sort: 'p95', limit: 1000, from: '2025-07-19' } as const;
    const { data } = await client.GET('/endpoints', { params: { query } });
    const found: Omit<components['schemas']['Endpoint'], 'buckets'> | undefined = data?.[endpoint];
    return found?.count;
  },
  getEndpoint: async () => {
    const { data } = await client.GET('/endpoints/{endpoint}', { params: { path: { endpoint } } });
    return data?.[endpoint]?.count;
  },
  listSlowRequests: async () => {
    const { data } = await client.GET('/slow-requests', { params: { query: { limit: 5 } } });
    const users: (string | null)[] | undefined = data?.map((request) => request.user_email);
    return users?.length;
  },
  listSystemMetrics: async () => {
    const { data } = await client.GET('/system-metrics', { params: { query: { hours: 1 } } });
    const heaps: number[] | undefined = data?.flatMap(({ processes }) =>
      processes.map((one) => one.v8js_memory_heap_used),
    );
    return heaps?.length;
  },
  listUsers: async () => {
    const { data } = await client.GET('/users', { params: { query: { sort: 'errors' } } });
    return data?.others.count;
  },
  getTrends: async () => {
    const { data } = await client.GET('/trends', { params: { query: { metric: 'p95', step: '15m' } } });
    const p95s: (number | null | undefined)[] | undefined = data?.points.map((point) => point.p95);
    return p95s?.length;
  },
  getReview: async () => {
    const { data } = await client.GET('/review', { params: { query: { period: 'week', current: 'true' } } });
    const slower: components['schemas']['LatencyChange'][] | undefined = data?.changes.slower;
    const change: number | null | undefined = data?.comparison?.change.p95;
    return change === undefined ? slower?.length : undefined;
  },
  streamLive: async () => {
    const { data } = await client.GET('/live', { parseAs: 'stream' });
    const reader = data?.getReader();
    const { value } = (await reader?.read()) ?? {};
    await reader?.cancel();
    return value?.byteLength;
  },
  listAccesses: async () => {
    const { data } = await client.GET('/access-log', { params: { query: { limit: 1 } } });
    const who: (string | null)[] | undefined = data?.map((access) => access.who);
    return who?.length;
  },
  verifyAccessLog: async () => {
    const { data } = await client.GET('/access-log/verify');
    const intact: boolean | undefined = data?.intact;
    return intact === undefined ? undefined : String(intact);
  },
  getHealth: async () => {
    const { data } = await client.GET('/health');
    if (data === undefined || !('store' in data)) return undefined;
    const kind: 'memory' | 'file' = data.store.kind;
    return kind;
  },
  getOpenApi: async () => {
    const { data } = await client.GET('/openapi.json');
    return data?.openapi;
  },
  listAlerts: async () => {
    const { data } = await client.GET('/alerts');
    const causes: (string | null)[] | undefined = data?.active.flatMap((alert) =>
      alert.causes.map((one) => one.value),
    );
    return causes && data?.rules.map((rule) => rule.name).join(' ');
  },
  addSilence: async () => {
    const body = { rule: 'error-rate', minutes: 5, comment: 'by a generated client' };
    const { data, response } = await client.POST('/alerts/silences', { body });
    silence = data?.id ?? '';
    return response.status === 201 ? data?.comment : undefined;
  },
  removeSilence: async () => {
    const { response } = await client.DELETE('/alerts/silences/{id}', { params: { path: { id: silence } } });
    return response.status;
  },
  testAlerts: async () => {
    const { data } = await client.POST('/alerts/test');
    const failures: (string | null)[] | undefined = data?.notifiers.map((one) => one.failure);
    return failures && data?.notifiers.map((one) => `${one.notifier} ${one.sent}`).join(' ');
  },
} satisfies { [TName in keyof operations]: () => Promise<number | string | undefined> };

const read: Record<string, number | string | undefined> = {};
for (const [name, readIt] of Object.entries(reads)) read[name] = await readIt();

const { error, response } = await client.GET('/trends', { params: { query: { step: '0m' } } });
const code: components['schemas']['Problem']['code'] | undefined = error?.code;
const body = { minutes: 0 };
const { error: refused } = await client.POST('/alerts/silences', { body });
console.log(
  JSON.stringify({
    read,
    field: refused?.field,
    refused: { status: response.status, code, parameter: error?.parameter },
  }),
);
