import { TachoError } from '@tacho/core';
import type { KeyList, PeriodKey } from './key-list.ts';

const FORMAT = 'tacho pseudonym keys';
const VERSION = 1;

const ID = /^[a-z][a-z0-9]{0,15}$/;
const KEY = /^[0-9a-f]{64}$/;

/** What a key file holds: JSON. */
export function keyListText({ keys, hours, countedMs }: KeyList): string {
  const file = {
    format: FORMAT,
    version: VERSION,
    hours,
    counted: isoTime(countedMs),
    keys: keys.map(({ id, createdMs, replaced, key }) => ({
      id,
      created: isoTime(createdMs),
      ...(replaced && { replaced: isoTime(replaced.ms), replaced_in_hour: replaced.hour }),
      key: Buffer.from(key).toString('hex'),
    })),
  };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

/**
 * Nothing of the text is in an error, not even as its cause.
 * @throws TachoError `TACHO_STORE_NEWER`; `TACHO_BAD_DATA` for what is no key file, or not whole
 */
export function parseKeyList(text: string): KeyList {
  const file = fieldsOf(parsed(text));
  if (file.format !== FORMAT) throw noKeyFile();
  if (typeof file.version === 'number' && file.version > VERSION) {
    throw new TachoError('TACHO_STORE_NEWER', 'the key file was written by a later version of tacho');
  }
  if (file.version !== VERSION || !Array.isArray(file.keys)) throw noKeyFile();
  const keys = file.keys.map(oneKey);
  const ids = new Set(keys.map(({ id }) => id));
  const inUse = keys.filter(({ replaced }) => replaced === undefined);
  if (ids.size < keys.length || inUse.length !== 1 || keys.at(-1) !== inUse[0]) throw noKeyFile();
  return { keys, hours: hourOf(file.hours), countedMs: timeOf(file.counted) };
}

/** The ids in a text that may be damaged, so that none of them is given to another key. */
export function idsIn(text: string): string[] {
  return [...text.matchAll(/"(k\d{1,9})"/g)].map(([, id = '']) => id);
}

function oneKey(value: unknown): PeriodKey {
  const { id, created, key, replaced, replaced_in_hour: hour } = fieldsOf(value);
  if (typeof id !== 'string' || !ID.test(id)) throw noKeyFile();
  if (typeof key !== 'string' || !KEY.test(key)) throw noKeyFile();
  return {
    id,
    createdMs: timeOf(created),
    key: Buffer.from(key, 'hex'),
    replaced: replaced === undefined ? undefined : { ms: timeOf(replaced), hour: hourOf(hour) },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw noKeyFile();
  }
}

function fieldsOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw noKeyFile();
  return { ...value };
}

function timeOf(value: unknown): number {
  const timeMs = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(timeMs)) throw noKeyFile();
  return timeMs;
}

function hourOf(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw noKeyFile();
  return value;
}

function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

function noKeyFile(): TachoError {
  return new TachoError('TACHO_BAD_DATA', 'the key file is damaged, or no key file');
}
