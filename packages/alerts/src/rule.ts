/** How loud an alert is: a warning can wait for the morning. */
export type Severity = 'warning' | 'critical';

/**
 * Which endpoints a rule is about: all of them together (`all`), each by itself (`each`), or one, by its name
 * `METHOD route`.
 */
export type Scope = 'all' | 'each' | (string & {});

interface RuleBase {
  /** Its own among all rules: small letters, digits and hyphens, at most 64. Part of the key of an alert. */
  readonly name: string;
  readonly severity: Severity;
  /** For how long it has to hold before an alert fires; 0 for at once. */
  readonly holdMs: number;
  /** How long an alert goes on firing when it holds no more, so that one that comes and goes is one alert. */
  readonly keepFiringMs: number;
  /** With fewer requests in its window, nothing is said of a subject. 0 where a rule is not about requests. */
  readonly minRequests: number;
}

interface RequestRule extends RuleBase {
  readonly scope: Scope;
  /** How far back it looks. */
  readonly windowMs: number;
}

/** Completed requests that took longer than `overMs`: at least `minRequests` of them. */
export interface SlowRequestRule extends RequestRule {
  readonly kind: 'slow-request';
  readonly overMs: number;
}

/** The share of completed requests that failed. */
export interface ErrorRateRule extends RequestRule {
  readonly kind: 'error-rate';
  /** 0 to 100; above it, not at it, the rule holds. */
  readonly overPercent: number;
  /** `all` counts 4xx and 5xx, as `error_rate` does; `server` only 5xx. */
  readonly errors: 'all' | 'server';
}

/** A percentile of the response times. */
export interface LatencyRule extends RequestRule {
  readonly kind: 'latency';
  /** Above 0, up to 100. */
  readonly percentile: number;
  readonly overMs: number;
}

/** The host, by its latest samples: every one of the last `windowMs` is above the threshold. */
export interface ResourceRule extends RuleBase {
  readonly kind: 'cpu' | 'memory' | 'disk';
  readonly windowMs: number;
  /** 0 to 100; above it, not at it. */
  readonly overPercent: number;
}

/** An endpoint is slower, or fails more, than in its own recent past: by a statistical test, and by enough to matter. */
export interface DegradationRule extends RequestRule {
  readonly kind: 'degradation';
}

/**
 * The error budget of an objective is being spent `factor` times as fast as would use it up exactly, in a long window
 * and in a short one (Beyer et al., "The Site Reliability Workbook", 2018, chapter 5).
 */
export interface BurnRateRule extends RuleBase {
  readonly kind: 'burn-rate';
  readonly scope: Scope;
  /** The share of requests that are to be good, in percent: above 0, below 100. */
  readonly objectivePercent: number;
  /** A good request is no server error, and where this is given took no longer. */
  readonly withinMs: number | undefined;
  readonly factor: number;
  readonly longMs: number;
  readonly shortMs: number;
}

export type Rule =
  | SlowRequestRule
  | ErrorRateRule
  | LatencyRule
  | ResourceRule
  | DegradationRule
  | BurnRateRule;

export type RuleKind = Rule['kind'];
