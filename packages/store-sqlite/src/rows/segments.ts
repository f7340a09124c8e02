import { ceilTo, DAY_MS, floorTo, HOUR_MS } from '@tacho/core';
import { DAY, HOUR, MINUTE, STEP_MS, type ViewLevel } from './levels.ts';

/** Bounds of ranges up to this length are whole minutes, up to the next whole hours, and whole days past that. */
const MINUTES_UP_TO_MS = 6 * HOUR_MS;
const HOURS_UP_TO_MS = 60 * DAY_MS;

export interface TimeRange {
  /** Epoch milliseconds, included. */
  readonly fromMs: number;
  /** Epoch milliseconds, excluded. */
  readonly toMs: number;
}

/** A part of time, and the level that answers for it, together with what is not rolled up into it yet. */
export interface Segment extends TimeRange {
  readonly level: ViewLevel;
}

/** What is stored, as far as planning goes. */
export interface Stock {
  /** Epoch milliseconds: where the first row begins and the last ends. Equal where there is none. */
  readonly oldestMs: number;
  readonly newestMs: number;
  /** Days of which the rows of a level were dropped, or are being. */
  readonly dropped: DroppedDays;
}

/** The starts of days in ascending order, by level. What is dropped of a level is dropped of those below. */
export type DroppedDays = Readonly<Record<typeof MINUTE | typeof HOUR, readonly number[]>>;

/** How a range is answered. */
export interface Plan extends TimeRange {
  /** Whose steps the bounds lie on. */
  readonly level: ViewLevel;
  /** In order of time, without a gap between them. Time in which there is nothing may be left out at the ends. */
  readonly segments: readonly Segment[];
}

/**
 * @param nowMs where a range without an end is taken to end, as far as its length goes
 * @param coarsest no rows of a higher level are used, unless nothing finer is left
 */
export function planRange(asked: TimeRange, stock: Stock, nowMs: number, coarsest: ViewLevel = DAY): Plan {
  if (!(asked.fromMs < asked.toMs)) return { ...asked, level: MINUTE, segments: [] };
  const wanted = smaller(levelFor(lengthOf(asked, stock, nowMs)), coarsest);
  const level = larger(
    larger(wanted, levelAtBound(asked.fromMs, wanted, stock.dropped)),
    levelAtBound(asked.toMs, wanted, stock.dropped),
  );
  const plan = { ...snapped(asked, level), level };
  return { ...plan, segments: segmentsOf(plan, stock, coarsest) };
}

/** Users are kept by the hour: their range is the hours that a plan touches. */
export function hoursAround(plan: Plan): Plan {
  if (plan.level !== MINUTE) return plan;
  const segments = plan.segments.map((segment) => ({ ...segment, level: larger(segment.level, HOUR) }));
  const first = segments[0];
  const last = segments.at(-1);
  if (first === undefined || last === undefined) return plan;
  segments[0] = { ...first, fromMs: floorTo(first.fromMs, STEP_MS[HOUR]) };
  segments[segments.length - 1] = { ...segments.at(-1)!, toMs: ceilTo(last.toMs, STEP_MS[HOUR]) };
  return { ...snapped(plan, HOUR), level: HOUR, segments };
}

/** The finest level from `wanted` up that is there in the whole day of a moment. */
export function levelLeft(epochMs: number, wanted: ViewLevel, dropped: DroppedDays): ViewLevel {
  const dayMs = floorTo(epochMs, DAY_MS);
  if (dropped[HOUR].includes(dayMs)) return DAY;
  return dropped[MINUTE].includes(dayMs) ? larger(wanted, HOUR) : wanted;
}

function lengthOf({ fromMs, toMs }: TimeRange, stock: Stock, nowMs: number): number {
  const endMs = toMs === Number.POSITIVE_INFINITY ? nowMs : toMs;
  return endMs - (fromMs === Number.NEGATIVE_INFINITY ? stock.oldestMs : fromMs);
}

function levelFor(lengthMs: number): ViewLevel {
  if (lengthMs <= MINUTES_UP_TO_MS) return MINUTE;
  return lengthMs <= HOURS_UP_TO_MS ? HOUR : DAY;
}

/** A bound within a step that is only there as a whole has to move to the step's edge. */
function levelAtBound(boundMs: number, wanted: ViewLevel, dropped: DroppedDays): ViewLevel {
  if (!Number.isFinite(boundMs)) return wanted;
  const left = levelLeft(boundMs, wanted, dropped);
  return boundMs % STEP_MS[left] === 0 ? wanted : left;
}

function snapped({ fromMs, toMs }: TimeRange, level: ViewLevel): TimeRange {
  return { fromMs: floorTo(fromMs, STEP_MS[level]), toMs: ceilTo(toMs, STEP_MS[level]) };
}

/** Whole days are answered by days where the bounds allow it, all else by the level of the bounds. */
function segmentsOf(
  { fromMs, toMs, level }: Omit<Plan, 'segments'>,
  stock: Stock,
  coarsest: ViewLevel,
): Segment[] {
  const startMs = Math.max(fromMs, floorTo(stock.oldestMs, DAY_MS));
  const endMs = Math.min(toMs, ceilTo(stock.newestMs, DAY_MS));
  const whole = { fromMs: ceilTo(startMs, DAY_MS), toMs: floorTo(endMs, DAY_MS) };
  const base = smaller(level, coarsest);
  const parts: Segment[] =
    level === MINUTE || coarsest !== DAY || whole.fromMs >= whole.toMs
      ? [{ fromMs: startMs, toMs: endMs, level: base }]
      : [
          { fromMs: startMs, toMs: whole.fromMs, level },
          { ...whole, level: DAY },
          { fromMs: whole.toMs, toMs: endMs, level },
        ];
  return parts
    .flatMap((part) => withoutDropped(part, stock.dropped))
    .filter((part) => part.fromMs < part.toMs);
}

/** Days of which the rows are gone are answered by the level that is left. */
function withoutDropped(segment: Segment, dropped: DroppedDays): Segment[] {
  if (segment.level === DAY) return [segment];
  const parts: Segment[] = [];
  let { fromMs } = segment;
  for (const dayMs of dropped[segment.level]) {
    const startMs = Math.max(dayMs, fromMs);
    const endMs = Math.min(dayMs + DAY_MS, segment.toMs);
    if (startMs >= endMs) continue;
    parts.push({ ...segment, fromMs, toMs: startMs });
    parts.push({ fromMs: startMs, toMs: endMs, level: levelLeft(dayMs, segment.level, dropped) });
    fromMs = endMs;
  }
  return [...parts, { ...segment, fromMs }];
}

function smaller(a: ViewLevel, b: ViewLevel): ViewLevel {
  return a < b ? a : b;
}

function larger(a: ViewLevel, b: ViewLevel): ViewLevel {
  return a > b ? a : b;
}
