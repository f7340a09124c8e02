/** The admin API as these tests ask it: over HTTP, with the guide's paths. */
export interface AdminApi {
  readonly url: string;
  summary(): Promise<Summary>;
  endpoints(): Promise<Record<string, EndpointReport>>;
  slowRequests(limit?: number): Promise<Record<string, unknown>[]>;
  get(path: string): Promise<Response>;
}

/** The fields of the summary that these tests read. */
export interface Summary {
  readonly total_requests: number;
  readonly slow_requests: number;
  readonly top_endpoints: readonly { readonly endpoint: string; readonly count: number }[];
  readonly client_errors: number;
  readonly server_errors: number;
  readonly aborted: number;
  readonly streamed: number;
  readonly overflow_requests: number;
  readonly not_measured: Readonly<Record<string, number>>;
}

/** The fields of an endpoint's report that these tests read. */
export interface EndpointReport {
  readonly count: number;
  readonly errors: number;
  readonly client_errors: number;
  readonly server_errors: number;
  readonly aborted: number;
  readonly streamed: number;
}

export function adminApi(url: string, token: string): AdminApi {
  const get = (path: string): Promise<Response> =>
    fetch(`${url}/api/performance/${path}`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(10_000),
    });
  const report = async (path: string): Promise<unknown> => {
    const response = await get(path);
    if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${await response.text()}`);
    return response.json();
  };
  return {
    url,
    get,
    summary: async () => (await report('summary')) as Summary,
    endpoints: async () => (await report('endpoints')) as Record<string, EndpointReport>,
    slowRequests: async (limit = 20) =>
      (await report(`slow-requests?limit=${limit}`)) as Record<string, unknown>[],
  };
}
