import type { SystemSample } from '@tacho/core';
import type { Random } from './random.ts';

/** A request as it is being made. */
export interface Replayed {
  readonly method: string;
  readonly route: string;
  readonly host: string;
  readonly version: string;
  readonly user: string | undefined;
  durationMs: number;
  status: number;
}

export type Extra = Pick<Replayed, 'method' | 'route' | 'user' | 'durationMs' | 'status'>;

/** What goes wrong: told of each request and sample while it lasts. */
export interface Disturbance {
  /** @param sinceMs since it began */
  readonly request?: (request: Replayed, sinceMs: number, random: Random) => void;
  readonly sample?: (sample: SystemSample, sinceMs: number) => SystemSample;
  /** Requests that there would not be otherwise: how many a minute. */
  readonly extra?: { readonly perMinute: number; readonly request: (random: Random) => Extra };
  /** A version that is rolled out, host by host, a minute each. It stays. */
  readonly version?: string;
  /** On this many hosts only; without it on all. */
  readonly canaries?: number;
}
