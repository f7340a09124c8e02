import {
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  type Sources,
  TachoError,
  timestamp,
  type Window,
  type WindowJson,
  type WindowLimits,
  windowJson,
  windowOfJson,
} from '@tacho/core';

/**
 * An export is JSON Lines, in UTF-8: a header, a fact a line in the order of time, and a footer, without which it is
 * cut short. No record is in two facts. Those of version 1 are without samples of
 * processes, those of version 2 without origins and failures.
 *
 * ```
 * {"format":"tacho-export","version":3,"created":"2026-11-23T12:45:01.000Z"}
 * {"minute_ms":1795437900000,"span_ms":60000,"level":"minute","sources":[…],"window":{…}}
 * {"windows":1}
 * ```
 */
const FORMAT = 'tacho-export';
const VERSION = 3;

/** By the number of the level: what was measured in ten seconds or so, and what that was rolled up to. */
const LEVELS: readonly string[] = ['slice', 'minute', 'hour', 'day'];
const STEPS_MS = [MINUTE_MS, MINUTE_MS, HOUR_MS, DAY_MS] as const;

const MAX_EPOCH_MS = 8.64e15;
const WRITER = /^[\x20-\x7e]{1,64}$/;

/** A row of a store, whichever. */
export interface Fact {
  /** Epoch milliseconds: where it begins, on a whole minute, hour or day as its level says. */
  readonly minuteMs: number;
  /** Milliseconds: whole minutes. */
  readonly spanMs: number;
  readonly level: number;
  /** The rows, as they were first stored, that it was made from. */
  readonly sources: Sources;
  readonly window: Window;
}

interface FactJson {
  readonly minute_ms: number;
  readonly span_ms: number;
  /** `slice`, `minute`, `hour` or `day`. */
  readonly level: string;
  readonly sources: Sources;
  readonly window: WindowJson;
}

export function headerLine(nowMs: number): string {
  return JSON.stringify({ format: FORMAT, version: VERSION, created: timestamp(nowMs) });
}

export function factLine({ minuteMs, spanMs, level, sources, window }: Fact): string {
  return JSON.stringify({
    minute_ms: minuteMs,
    span_ms: spanMs,
    level: LEVELS[level] ?? '',
    sources,
    window: windowJson(window),
  } satisfies FactJson);
}

export function footerLine(windows: number): string {
  return JSON.stringify({ windows });
}

/** @throws TachoError `TACHO_BAD_DATA` where it is no header, `TACHO_STORE_NEWER` where it is a later version's */
export function checkHeader(line: string): void {
  const { format, version } = objectIn(line);
  if (format !== FORMAT || typeof version !== 'number') throw bad('it does not begin as an export');
  if (version > VERSION) {
    const message = `a later version of tacho wrote the export (format ${version})`;
    throw new TachoError('TACHO_STORE_NEWER', message, { hint: 'Update tacho.' });
  }
}

/**
 * @returns a fact; or of the footer, how many facts there are to be
 * @throws TachoError `TACHO_BAD_DATA`
 */
export function readLine(line: string, limits: WindowLimits): Fact | number {
  const value = objectIn(line);
  if (Object.keys(value).join() === 'windows' && typeof value.windows === 'number') return value.windows;
  const { minute_ms: minuteMs, span_ms: spanMs } = value;
  const level = typeof value.level === 'string' ? LEVELS.indexOf(value.level) : -1;
  const stepMs = STEPS_MS[level];
  if (stepMs === undefined) throw bad(`its level is none of ${LEVELS.join(', ')}`);
  if (!isMultiple(minuteMs, stepMs)) throw bad('its minute_ms is not where its level begins');
  if (!isMultiple(spanMs, MINUTE_MS) || spanMs < stepMs) throw bad('its span_ms is not that of its level');
  return {
    minuteMs,
    spanMs,
    level,
    sources: sourcesOf(value.sources),
    window: windowOfJson(value.window, limits),
  };
}

function sourcesOf(value: unknown): Sources {
  if (!Array.isArray(value) || value.length === 0) throw bad('it has no sources');
  return value.map((source) => {
    const { writer, first, last } = (source ?? {}) as Record<string, unknown>;
    if (typeof writer !== 'string' || !WRITER.test(writer)) throw bad('a source has no writer');
    if (!isMultiple(first, 1) || !isMultiple(last, 1) || first > last) throw bad('a source has no range');
    return { writer, first, last };
  });
}

function isMultiple(value: unknown, stepMs: number): value is number {
  return typeof value === 'number' && value >= 0 && value <= MAX_EPOCH_MS && value % stepMs === 0;
}

function objectIn(line: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw bad('it is no JSON', cause);
  }
  if (typeof value !== 'object' || value === null) throw bad('it is no object');
  return value as Record<string, unknown>;
}

function bad(what: string, cause?: unknown): TachoError {
  return new TachoError('TACHO_BAD_DATA', what, { cause });
}
