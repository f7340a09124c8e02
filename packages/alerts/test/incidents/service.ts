/** A service that nothing is the matter with. */
export interface Endpoint {
  readonly method: string;
  readonly route: string;
  /** Of its times, which are log-normal. */
  readonly medianMs: number;
  readonly sigma: number;
  /** Of all requests of users, in thousandths. */
  readonly weight: number;
  /** What it answers when it does not answer 200, and how often. */
  readonly failures: readonly (readonly [status: number, share: number])[];
}

export const ENDPOINTS: readonly Endpoint[] = [
  endpoint('GET', '/api/products', 45, 0.6, 300, [500, 0.001]),
  endpoint('GET', '/api/products/{id}', 30, 0.55, 250, [404, 0.02], [500, 0.001]),
  endpoint('GET', '/api/search', 120, 0.75, 130, [400, 0.01], [500, 0.002]),
  endpoint('GET', '/api/cart', 25, 0.5, 120, [401, 0.01], [500, 0.001]),
  endpoint('POST', '/api/auth/login', 180, 0.35, 60, [401, 0.12]),
  endpoint('POST', '/api/orders', 260, 0.5, 50, [422, 0.03], [500, 0.003]),
  endpoint('PUT', '/api/profile', 60, 0.6, 40, [401, 0.02], [422, 0.02]),
  endpoint('GET', '/api/reports', 600, 0.65, 15, [500, 0.005]),
];

/** What is asked for whatever the time of day. */
export const PROBE = endpoint('GET', '/health', 1.5, 0.4, 0);
export const SCAN = endpoint('GET', '/{*path}', 2, 0.4, 0, [404, 1]);

export const HOSTS = ['app-1', 'app-2', 'app-3'] as const;
export const USERS: readonly string[] = Array.from({ length: 120 }, (_, place) => `user-${place}`);

/** Of a request that none was made for, a disturbance aside. */
export const LONGEST_MS = 4500;

function endpoint(
  method: string,
  route: string,
  medianMs: number,
  sigma: number,
  weight: number,
  ...failures: Endpoint['failures']
): Endpoint {
  return { method, route, medianMs, sigma, weight, failures };
}
