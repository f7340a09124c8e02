/**
 * A rule, as it is given. One that is named as a rule there is already changes that: what is given here replaces what
 * that has. Durations are texts such as `500ms`, `5s`, `2m`, `6h`, `3d`.
 */
export interface RuleOptions {
  /** Small letters, digits and hyphens, 1 to 48. */
  readonly name: string;
  /** What it looks at. Left out where the rule there is already is changed. */
  readonly kind?: GivenKind | undefined;
  /** All endpoints together, each by itself, or one: `GET /orders/:id`. Only of rules about requests. */
  readonly endpoint?: 'all' | 'each' | (string & {}) | undefined;
  /** A duration, of `slow-request` and `latency`; else a percentage, 0 to 100. `degradation` has none. */
  readonly threshold?: string | number | undefined;
  /** Of `latency`: above 0, up to 100. Default 95. */
  readonly percentile?: number | undefined;
  /** Of `error-rate`: 4xx and 5xx, or 5xx alone. */
  readonly errors?: 'all' | 'server' | undefined;
  /** How far back it looks: `1m` to `1d`. */
  readonly window?: string | undefined;
  /** For how long it has to hold before an alert fires: up to `1d`; `0s` for at once. */
  readonly hold?: string | undefined;
  /** How long an alert goes on firing when it holds no more: up to `1d`. Default `10m`. */
  readonly keepFiring?: string | undefined;
  /** With fewer in its window it does not hold: 1 to 1,000,000. Only of rules about requests. */
  readonly minRequests?: number | undefined;
  readonly severity?: 'warning' | 'critical' | undefined;
  /** `false` switches it off. */
  readonly enabled?: boolean | undefined;
}

/** Every kind of rule but that which an objective is made into. */
export type GivenKind = 'slow-request' | 'error-rate' | 'latency' | 'cpu' | 'memory' | 'disk' | 'degradation';

/** A service level objective: which share of requests is to be good. Three rules watch how fast its budget is spent. */
export interface SloOptions {
  /** Small letters, digits and hyphens, 1 to 48. Default `slo`, and for further ones `slo-2`, `slo-3` and so on. */
  readonly name?: string | undefined;
  /** All endpoints together, each by itself, or one: `GET /orders/:id`. Default `all`. */
  readonly endpoint?: 'all' | 'each' | (string & {}) | undefined;
  /** The share of good requests in percent, such as 99.9: 50 to 99.999. */
  readonly objective: number;
  /** A good request is no server error, and where this is given took no longer: a duration. */
  readonly within?: string | undefined;
}
