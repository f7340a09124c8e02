import { busiestFirst } from './endpoint-table.ts';
import { isCount, JsonFields } from './json-fields.ts';
import { type RuntimeSampleJson, runtimeSampleJson, runtimeSampleOfJson } from './runtime-samples-json.ts';
import { type SlowRequestJson, slowRequestJson, slowRequestOfJson } from './slow-requests-json.ts';
import { type StatsJson, statsJson, statsOfJson } from './stats-json.ts';
import { RESOLUTIONS_MS } from './system-samples.ts';
import { type SystemSampleJson, systemSampleJson, systemSampleOfJson } from './system-samples-json.ts';
import {
  type FailureJson,
  failuresJson,
  type OriginJson,
  originsJson,
  readFailures,
  readOrigins,
  type TalliesJson,
} from './tallies-json.ts';
import { heaviestFirst } from './user-table.ts';
import { isEpochMs } from './validity.ts';
import { Window, type WindowLimits } from './window.ts';

/** All that a window holds, as JSON. Times are epoch milliseconds, UTC. */
export interface WindowJson {
  /** Null in a window without times. */
  readonly start_ms: number | null;
  /** Excluded. */
  readonly end_ms: number | null;
  /** Records left out because a number in them is none. */
  readonly invalid: number;
  /** Requests that were seen and kept out of the statistics, by kind. */
  readonly not_measured: Readonly<Record<string, number>>;
  /** Busiest first. `* {overflow}` stands for all that found no place of their own. */
  readonly endpoints: readonly EndpointJson[];
  /** By pseudonym, heaviest first. */
  readonly users: readonly UserJson[];
  /** Requests of users that are no longer told apart. */
  readonly other_users: StatsJson;
  /** Slowest first. */
  readonly slow_requests: readonly SlowRequestJson[];
  /** There is at most one sample of the host in so many milliseconds. */
  readonly system_resolution_ms: number;
  /** Oldest first. */
  readonly system_samples: readonly SystemSampleJson[];
  /** There is at most one sample of a process in so many milliseconds. */
  readonly runtime_resolution_ms: number;
  /** Oldest first. */
  readonly runtime_samples: readonly RuntimeSampleJson[];
  /** Which kinds of processes measured. */
  readonly origins: TalliesJson<OriginJson>;
  /** Where, how and by which kind of process requests failed or were slow. */
  readonly failures: TalliesJson<FailureJson>;
}

export interface EndpointJson {
  readonly method: string;
  readonly route: string;
  readonly stats: StatsJson;
}

export interface UserJson {
  readonly user: string;
  readonly stats: StatsJson;
}

const FIELDS = [
  'start_ms',
  'end_ms',
  'invalid',
  'not_measured',
  'endpoints',
  'users',
  'other_users',
  'slow_requests',
  'system_resolution_ms',
  'system_samples',
  'runtime_resolution_ms',
  'runtime_samples',
  'origins',
  'failures',
] as const satisfies (keyof WindowJson)[];
/** Not in exports of the first formats. */
const LATER_FIELDS = [
  'runtime_resolution_ms',
  'runtime_samples',
  'origins',
  'failures',
] as const satisfies (keyof WindowJson)[];

export function windowJson(window: Window): WindowJson {
  return {
    start_ms: Number.isFinite(window.startMs) ? window.startMs : null,
    end_ms: Number.isFinite(window.endMs) ? window.endMs : null,
    invalid: window.invalid,
    not_measured: Object.fromEntries(window.notMeasured.entries()),
    endpoints: [...window.endpoints.entries()]
      .sort(busiestFirst)
      .map(({ method, route, stats }) => ({ method, route, stats: statsJson(stats) })),
    users: [...window.users.entries()]
      .sort(heaviestFirst)
      .map(({ user, stats }) => ({ user, stats: statsJson(stats) })),
    other_users: statsJson(window.users.others),
    slow_requests: window.slowRequests.list().map(slowRequestJson),
    system_resolution_ms: window.systemSamples.resolutionMs,
    system_samples: window.systemSamples.list().map(systemSampleJson),
    runtime_resolution_ms: window.runtimeSamples.resolutionMs,
    runtime_samples: window.runtimeSamples.list().map(runtimeSampleJson),
    origins: originsJson(window.origins),
    failures: failuresJson(window.failures),
  };
}

/**
 * @param value parsed JSON, whatever it is
 * @param limits of the window returned; where it may hold less than the JSON does, the rest is folded or thinned
 * @throws TachoError `TACHO_BAD_DATA` where the value is no `WindowJson`
 */
export function windowOfJson(value: unknown, limits: WindowLimits): Window {
  const fields = new JsonFields(value, '', FIELDS, LATER_FIELDS);
  const startMs = fields.isNull('start_ms') ? Number.POSITIVE_INFINITY : timeOf(fields, 'start_ms');
  const endMs = fields.isNull('end_ms') ? Number.NEGATIVE_INFINITY : timeOf(fields, 'end_ms');
  const window = new Window(limits, startMs, endMs);
  window.invalid = fields.count('invalid');
  for (const [kind, n] of fields.entries('not_measured')) {
    if (!isCount(n) || n === 0) throw fields.bad('not_measured', 'expected positive integers');
    window.notMeasured.count(kind, n);
  }
  readEndpoints(fields, window);
  readUsers(fields, window);
  for (const [index, slow] of fields.list('slow_requests').entries()) {
    window.slowRequests.record(slowRequestOfJson(slow, `slow_requests[${index}]`));
  }
  readSamples(fields, window);
  if (fields.has('runtime_samples')) readRuntimeSamples(fields, window);
  if (fields.has('origins')) readOrigins(fields.value('origins'), window.origins);
  if (fields.has('failures')) readFailures(fields.value('failures'), window.failures);
  return window;
}

type WindowFields = JsonFields<keyof WindowJson>;

function timeOf(fields: WindowFields, name: 'start_ms' | 'end_ms'): number {
  const time = fields.number(name);
  if (!isEpochMs(time)) throw fields.bad(name, 'expected epoch milliseconds');
  return time;
}

function readEndpoints(fields: WindowFields, window: Window): void {
  for (const [index, value] of fields.list('endpoints').entries()) {
    const path = `endpoints[${index}]`;
    const entry = new JsonFields(value, path, ['method', 'route', 'stats']);
    const stats = statsOfJson(entry.value('stats'), `${path}.stats`);
    window.endpoints.adopt({ method: entry.text('method'), route: entry.text('route'), stats });
  }
}

function readUsers(fields: WindowFields, window: Window): void {
  for (const [index, value] of fields.list('users').entries()) {
    const path = `users[${index}]`;
    const entry = new JsonFields(value, path, ['user', 'stats']);
    window.users.adopt({
      user: entry.text('user'),
      stats: statsOfJson(entry.value('stats'), `${path}.stats`),
    });
  }
  window.users.others.merge(statsOfJson(fields.value('other_users'), 'other_users'));
}

function readSamples(fields: WindowFields, window: Window): void {
  window.systemSamples.lowerResolution(resolutionOf(fields, 'system_resolution_ms'));
  for (const [index, sample] of fields.list('system_samples').entries()) {
    window.systemSamples.add(systemSampleOfJson(sample, `system_samples[${index}]`));
  }
}

function readRuntimeSamples(fields: WindowFields, window: Window): void {
  const { runtimeSamples } = window;
  window.countLeftOut(runtimeSamples.lowerResolution(resolutionOf(fields, 'runtime_resolution_ms')));
  for (const [index, sample] of fields.list('runtime_samples').entries()) {
    window.countLeftOut(runtimeSamples.add(runtimeSampleOfJson(sample, `runtime_samples[${index}]`)));
  }
}

function resolutionOf(fields: WindowFields, name: 'system_resolution_ms' | 'runtime_resolution_ms'): number {
  const resolutionMs = fields.count(name);
  if (RESOLUTIONS_MS.includes(resolutionMs)) return resolutionMs;
  throw fields.bad(name, `expected one of ${RESOLUTIONS_MS.join(', ')}`);
}
