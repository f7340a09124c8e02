import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { readCapped } from '../capped-read.ts';
import { CommandError } from '../command-error.ts';
import { decryptedParts, unreadable } from '../decrypted-file.ts';
import type { Environment } from '../environment.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import type { EndpointSlice, MeasuredSlice } from '../measured-slice.ts';
import { quoted } from '../shown.ts';
import { type MeasuredRun, measuredRun, type Stretch } from './measured-run.ts';

const MAX_BYTES = 256 * 1024 * 1024;
const ENCRYPTED = '.enc';

type Fields = Readonly<Record<string, unknown>>;

/**
 * A run that `tacho monitor --save` saved.
 * @throws `CommandError`, one line that says what is wrong with the file
 */
export async function savedRun(path: string, environment: Environment): Promise<MeasuredRun> {
  const text = await textOf(path, environment);
  if (text === undefined) throw damaged(path, `it has more than ${MAX_BYTES} bytes`);
  const saved = parsed(text);
  if (!isObject(saved) || !Array.isArray(saved.samples)) {
    throw damaged(path, 'it is nothing that tacho monitor --save has saved');
  }
  const samples = saved.samples.filter((sample) => isObject(sample) && sample.slice !== undefined);
  const stretches = samples.map(stretchOf);
  if (stretches.includes(undefined)) throw damaged(path, 'a slice in it is none');
  if (stretches.length === 0) {
    throw damaged(
      path,
      'it has no slices: an earlier version saved it, or the service was started anew meanwhile',
    );
  }
  return measuredRun(path, stretches as Stretch[]);
}

async function textOf(path: string, environment: Environment): Promise<string | undefined> {
  const { interrupted, folder } = environment;
  if (path.endsWith(ENCRYPTED)) {
    return await readCapped(decryptedParts(path, environment, interrupted), MAX_BYTES);
  }
  try {
    return await readCapped(createReadStream(resolve(folder, path), { signal: interrupted }), MAX_BYTES);
  } catch (error) {
    interrupted.throwIfAborted();
    throw unreadable(path, error);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @returns undefined where it is nonsense */
function stretchOf(sample: Fields): Stretch | undefined {
  const { timestamp, slice } = sample;
  if (!isObject(slice) || !isObject(slice.endpoints)) return undefined;
  const [startMs, endMs] = [Date.parse(String(slice.from)), Date.parse(String(timestamp))];
  if (!(startMs < endMs)) return undefined;
  const endpoints = Object.entries(slice.endpoints);
  return endpoints.every(([, endpoint]) => isEndpointSlice(endpoint))
    ? { startMs, endMs, endpoints: Object.fromEntries(endpoints) as MeasuredSlice }
    : undefined;
}

function isEndpointSlice(value: unknown): value is EndpointSlice {
  if (!isObject(value) || !Array.isArray(value.buckets)) return false;
  const { count, errors, total_time, buckets } = value;
  if (!isCount(count) || !isCount(errors) || errors > count || !isTime(total_time)) return false;
  if (!buckets.every(isBucket)) return false;
  const inOrder = buckets.every(([time], index) => index === 0 || time > buckets[index - 1]![0]);
  return inOrder && buckets.reduce((sum, [, each]) => sum + each, 0) === count;
}

function isBucket(value: unknown): value is [time: number, count: number] {
  return Array.isArray(value) && value.length === 2 && isTime(value[0]) && value[0] > 0 && isCount(value[1]);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function damaged(path: string, what: string): CommandError {
  return new CommandError(EXIT_CODES.corrupt, `${quoted(path)} can't be checked: ${what}`);
}
