import { randomBytes } from 'node:crypto';
import { DAY_MS, HOUR_MS } from '@tacho/core';

/** A key under which users get their pseudonyms for a time. */
export interface PeriodKey {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly createdMs: number;
  /** 32 random bytes. */
  readonly key: Uint8Array;
  /** When another key took over; undefined while it is in use. */
  readonly replaced: Replaced | undefined;
}

interface Replaced {
  /** Epoch milliseconds. */
  readonly ms: number;
  /** The list's `hours` at that time. */
  readonly hour: number;
}

/** The keys of which rows may still have pseudonyms. */
export interface KeyList {
  /** Oldest first, at least one. The last, and no other, is in use. */
  readonly keys: readonly PeriodKey[];
  /**
   * Hours for which somebody used the list. By these, replaced keys age, and not by the clock: one that is set forward
   * by ten years adds an hour. Rows age in the same way (see `SteadyTime`), and never slower.
   */
  readonly hours: number;
  /** Epoch milliseconds at which the last hour was counted, or the clock was seen to have been set back. */
  readonly countedMs: number;
}

/** Gives the id of one key more. @param taken ids that were given */
export type NextId = (taken: readonly string[]) => string;

const KEY_BYTES = 32;

/** How long users have the same pseudonym. */
export const PERIOD_MS = 30 * DAY_MS;

/** No new key is made where so many are kept: only a clock that is set to and fro gets there. */
const MAX_KEYS = 1000;

/** By how much the clocks of two hosts may differ. */
const SKEW_MS = DAY_MS;

/** Of keys that processes share: `k1`, `k2`, … */
export const numberedId: NextId = (taken) =>
  `k${1 + Math.max(0, ...taken.map((id) => Number(/^k(\d+)$/.exec(id)?.[1] ?? 0)))}`;

/** Of keys that one process has: none has the same for another key. */
export const randomId: NextId = () => `m${randomBytes(4).toString('hex')}`;

/** @param taken ids that must not be given again */
export function newKeyList(nowMs: number, nextId: NextId, taken: readonly string[] = []): KeyList {
  return { keys: [newKey(nowMs, nextId(taken))], hours: 0, countedMs: nowMs };
}

export interface KeyListChange {
  /** Epoch milliseconds. */
  readonly nowMs: number;
  /** How long a key is kept once it was replaced. */
  readonly keepMs: number;
  /** The most that may have passed since anybody counted. */
  readonly mostHours: number;
  readonly nextId: NextId;
}

/**
 * The list as it ought to be now: with a new key where the last has had its time, without those that were replaced
 * long enough ago.
 * @returns the same list where nothing is to be changed
 */
export function keyListAt(list: KeyList, { nowMs, keepMs, mostHours, nextId }: KeyListChange): KeyList {
  return withoutOldKeys(rotated(counted(list, nowMs, mostHours), nowMs, nextId), keepMs);
}

/** With keys that one process used for a time; those that are in the list already are passed over. */
export function withFormerKeys(list: KeyList, keys: readonly PeriodKey[], nowMs: number): KeyList {
  const unknown = keys.filter(({ id }) => !list.keys.some((key) => key.id === id));
  const former = unknown.map((key) => ({
    ...key,
    replaced: { ms: key.replaced?.ms ?? nowMs, hour: list.hours },
  }));
  return former.length === 0 ? list : { ...list, keys: [...former, ...list.keys] };
}

function newKey(nowMs: number, id: string): PeriodKey {
  return { id, createdMs: nowMs, key: randomBytes(KEY_BYTES), replaced: undefined };
}

function counted(list: KeyList, nowMs: number, mostHours: number): KeyList {
  const sinceMs = nowMs - list.countedMs;
  if (sinceMs <= -HOUR_MS) return { ...list, countedMs: nowMs };
  if (sinceMs < HOUR_MS) return list;
  const hours = list.hours + Math.min(Math.floor(sinceMs / HOUR_MS), mostHours);
  // A clock that was wrong for a moment is not followed: this one has run on for an hour.
  return { keys: list.keys.map((key) => notInTheFuture(key, nowMs)), hours, countedMs: nowMs };
}

/** A key that was made while the clock was ahead would otherwise be in use until that time has come. */
function notInTheFuture(key: PeriodKey, nowMs: number): PeriodKey {
  const latestMs = nowMs + SKEW_MS;
  const { createdMs, replaced } = key;
  if (createdMs <= latestMs && (replaced === undefined || replaced.ms <= latestMs)) return key;
  return {
    ...key,
    createdMs: createdMs > latestMs ? nowMs : createdMs,
    replaced: replaced && { ...replaced, ms: Math.min(replaced.ms, nowMs) },
  };
}

function rotated(list: KeyList, nowMs: number, nextId: NextId): KeyList {
  const last = list.keys.at(-1);
  if (last === undefined || nowMs - last.createdMs < PERIOD_MS || list.keys.length >= MAX_KEYS) return list;
  const replaced = { ...last, replaced: { ms: nowMs, hour: list.hours } };
  const next = newKey(nowMs, nextId(list.keys.map(({ id }) => id)));
  return { ...list, keys: [...list.keys.slice(0, -1), replaced, next] };
}

function withoutOldKeys(list: KeyList, keepMs: number): KeyList {
  const keepHours = keepMs / HOUR_MS;
  const keys = list.keys.filter(
    ({ replaced }) => replaced === undefined || list.hours - replaced.hour < keepHours,
  );
  return keys.length === list.keys.length ? list : { ...list, keys };
}
