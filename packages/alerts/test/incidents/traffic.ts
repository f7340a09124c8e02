import { DAY_MS, HOUR_MS, MINUTE_MS, type SystemSample, Window, type WindowLimits } from '@tacho/core';
import type { Disturbance, Replayed } from './disturbance.ts';
import { lastDeployBefore, loadAt, type Plans, plansOf } from './plans.ts';
import { Random } from './random.ts';
import { ENDPOINTS, type Endpoint, HOSTS, LONGEST_MS, PROBE, SCAN, USERS } from './service.ts';

export const SLICE_MS = MINUTE_MS;

export const LIMITS: WindowLimits = {
  maxEndpoints: 50,
  maxSlowRequests: 100,
  maxSystemSamples: 1000,
  maxRuntimeSamples: 10,
  maxUsers: 100,
};

export interface TrafficOptions {
  readonly seed: number;
  /** Another course of the same days. */
  readonly course?: number;
  /** Requests of users a minute, on a weekday at two in the afternoon. */
  readonly peakPerMinute: number;
}

const ENDPOINT_WEIGHTS = ENDPOINTS.reduce((sum, { weight }) => sum + weight, 0);

/**
 * Days of a web shop on three hosts: quiet nights and weekends, a load that slows it a little, minutes that are slower
 * than others, bots, wrong passwords, a job at each full hour, pauses of the garbage collector, deploys that begin
 * with cold caches, now and then ten minutes in which nothing is measured. Nobody needs to be told of any of it.
 */
export class Traffic {
  readonly #seed: number;
  readonly #peakPerMinute: number;
  readonly #random: Random;
  #drift = 0;
  #plans: Plans;

  constructor({ seed, course = 0, peakPerMinute }: TrafficOptions) {
    this.#seed = seed;
    this.#peakPerMinute = peakPerMinute;
    this.#random = new Random(100 * seed + course);
    this.#plans = plansOf(0, seed);
  }

  /** The minute from `startMs` on. @param disturbance and since when, if any */
  slice(startMs: number, disturbance: Disturbance = {}, sinceMs = 0): Measured {
    const random = this.#random;
    const day = Math.floor(startMs / DAY_MS);
    if (day !== this.#plans.day) this.#plans = plansOf(day, this.#seed);
    this.#drift = 0.8 * this.#drift + 0.05 * random.normal();
    const users = new Window(LIMITS);
    const slices = HOSTS.map((host, place) => ({
      ...this.#emptySlice(host, place, startMs, disturbance, sinceMs),
      users,
    }));
    if (!this.#isPaused(startMs)) {
      this.#users(slices, startMs, disturbance, sinceMs);
      this.#others(slices, startMs, disturbance, sinceMs);
    }
    const whole = new Window(LIMITS);
    for (const { window } of slices) whole.merge(window);
    const sample = this.#sample(startMs);
    whole.addSample(disturbance.sample?.(sample, sinceMs) ?? sample);
    return { window: whole, users };
  }

  #emptySlice(
    host: string,
    place: number,
    startMs: number,
    { version, canaries }: Disturbance,
    sinceMs: number,
  ) {
    const isRolledOut =
      version !== undefined && place < (canaries ?? HOSTS.length) && sinceMs >= place * MINUTE_MS;
    const { day, deployMs } = this.#plans;
    const isNew = startMs >= deployMs + place * MINUTE_MS;
    const deployedDay = isNew ? day : lastDeployBefore(day);
    const origin = { host, version: isRolledOut ? version : `1.${deployedDay % 1000}.0` };
    return { origin, window: new Window(LIMITS, startMs, startMs + SLICE_MS, origin) };
  }

  #users(slices: readonly Slice[], startMs: number, disturbance: Disturbance, sinceMs: number): void {
    const random = this.#random;
    const load = loadAt(startMs);
    const perSlice = this.#peakPerMinute * load * (SLICE_MS / MINUTE_MS) * Math.exp(0.15 * random.normal());
    const slowness = this.#slownessAt(startMs, load);
    for (let left = random.poisson(perSlice); left > 0; left--) {
      const user = random.chance(0.5) ? USERS[Math.floor(USERS.length * random.next() ** 2)] : undefined;
      this.#request(
        endpointAt(random.next() * ENDPOINT_WEIGHTS),
        user,
        slowness,
        slices,
        startMs,
        disturbance,
        sinceMs,
      );
    }
  }

  #others(slices: readonly Slice[], startMs: number, disturbance: Disturbance, sinceMs: number): void {
    const random = this.#random;
    for (let probe = 0; probe < 6; probe++)
      this.#request(PROBE, undefined, 1, slices, startMs, disturbance, sinceMs);
    const isScanned = this.#plans.scansMs.some(
      (scanMs) => startMs >= scanMs && startMs < scanMs + 4 * MINUTE_MS,
    );
    const scans = random.poisson((isScanned ? 0.006 : 0.0015) * this.#peakPerMinute * (SLICE_MS / MINUTE_MS));
    for (let scan = 0; scan < scans; scan++)
      this.#request(SCAN, undefined, 1, slices, startMs, disturbance, sinceMs);
    const { extra } = disturbance;
    if (extra === undefined) return;
    for (let left = random.poisson((extra.perMinute * SLICE_MS) / MINUTE_MS); left > 0; left--)
      add(slices[Math.floor(random.next() * slices.length)]!, { ...extra.request(random) }, startMs);
  }

  #request(
    endpoint: Endpoint,
    user: string | undefined,
    slowness: number,
    slices: readonly Slice[],
    startMs: number,
    disturbance: Disturbance,
    sinceMs: number,
  ): void {
    const random = this.#random;
    const place = Math.floor(random.next() * slices.length);
    const slice = slices[place]!;
    const { method, route } = endpoint;
    const tail = random.chance(0.004) ? random.between(2, 8) : 1;
    const hiccupMs = this.#hiccupAt(startMs, place);
    const usualMs =
      endpoint.medianMs * Math.exp(endpoint.sigma * random.normal()) * slowness * tail + hiccupMs;
    const request: Replayed = {
      method,
      route,
      ...slice.origin,
      user,
      durationMs: Math.min(LONGEST_MS, usualMs),
      status: statusOf(endpoint, random),
    };
    disturbance.request?.(request, sinceMs, random);
    add(slice, request, startMs);
  }

  #slownessAt(startMs: number, load: number): number {
    const isFullHour = startMs % HOUR_MS < 2 * MINUTE_MS;
    const { deployMs } = this.#plans;
    const isCold = startMs >= deployMs && startMs < deployMs + 3 * MINUTE_MS;
    return (1 + 0.3 * load) * Math.exp(this.#drift) * (isFullHour ? 1.3 : 1) * (isCold ? 1.6 : 1);
  }

  /** A pause of one process, which all its requests of some seconds wait for. */
  #hiccupAt(startMs: number, place: number): number {
    const isPaused = this.#plans.hiccupsMs.some(
      (hiccupMs) => startMs <= hiccupMs && hiccupMs < startMs + SLICE_MS,
    );
    return isPaused && place === 0 && this.#random.chance(0.5) ? this.#random.between(100, 900) : 0;
  }

  #isPaused(startMs: number): boolean {
    const { pauseMs } = this.#plans;
    return startMs >= pauseMs && startMs < pauseMs + 10 * MINUTE_MS;
  }

  #sample(startMs: number): SystemSample {
    const random = this.#random;
    const peak = random.chance(0.02) ? 55 : 0;
    return {
      timestampMs: startMs + SLICE_MS / 2,
      cpuPercent: Math.min(100, 12 + 30 * loadAt(startMs) + peak + 5 * random.next()),
      memoryPercent: 55 + 15 * random.next(),
      memoryAvailableBytes: 2e9,
      diskPercent: 61 + random.next(),
      diskFreeBytes: 4e10,
    };
  }
}

interface Slice {
  readonly origin: { readonly host: string; readonly version: string };
  readonly window: Window;
  readonly users: Window;
}

/** What a minute of traffic leaves. Users are measured apart, as they are read apart. */
export interface Measured {
  readonly window: Window;
  /** Only its users count. */
  readonly users: Window;
}

function add({ window, users }: Slice, request: Omit<Replayed, 'host' | 'version'>, startMs: number): void {
  const { method, route, user, durationMs, status } = request;
  const record = {
    startMs,
    method,
    route,
    durationMs,
    status,
    outcome: 'completed',
    traceId: undefined,
  } as const;
  window.record({ ...record, user: undefined });
  if (user !== undefined) users.users.record({ ...record, user });
}

function endpointAt(point: number): Endpoint {
  let left = point;
  for (const endpoint of ENDPOINTS) {
    left -= endpoint.weight;
    if (left < 0) return endpoint;
  }
  return ENDPOINTS[0]!;
}

function statusOf({ failures }: Endpoint, random: Random): number {
  let point = random.next();
  for (const [status, share] of failures) {
    point -= share;
    if (point < 0) return status;
  }
  return 200;
}
