import { SECOND_MS } from '@tacho/core';
import { AdminClient } from '../admin-client.ts';
import { adminToken } from '../admin-token.ts';
import { adminUrl } from '../admin-url.ts';
import { usageError } from '../command-error.ts';
import { encryptionKeys } from '../encryption-keys.ts';
import type { Environment } from '../environment.ts';
import { storeFile } from '../store-file.ts';
import type { ReportSource } from './report-source.ts';
import { StoreSource } from './store-source.ts';

export interface SourceOptions {
  url?: string;
  tokenFile?: string;
  /** `true` for the file at the usual place. */
  store?: string | true;
  hours?: number;
}

export interface SourceUse {
  intervalMs: number;
  /** Whether reports are to have what slices are made of. */
  withDistributions: boolean;
}

export interface ChosenSource {
  source: ReportSource;
  /** What is saved says of itself where it is from. */
  origin: Readonly<Record<string, string | number>>;
}

const MAX_TIMEOUT_MS = 10 * SECOND_MS;
const DEFAULT_HOURS = 24;
const DEFAULT_HOST_HOURS = 1;

/** A running service, or with `--store` a file. @throws `CommandError` of usage */
export async function chooseSource(
  options: SourceOptions,
  use: SourceUse,
  environment: Environment,
): Promise<ChosenSource> {
  return options.store === undefined
    ? await service(options, use, environment)
    : storedFile(options, use, environment);
}

async function service(
  { url: option, tokenFile, hours }: SourceOptions,
  { intervalMs, withDistributions }: SourceUse,
  environment: Environment,
): Promise<ChosenSource> {
  if (hours !== undefined)
    throw usageError('--hours is for --store: a service answers for the last 24 hours');
  const url = adminUrl(option, environment);
  const token = await adminToken(tokenFile, environment);
  const { fetch, clock } = environment;
  const timeoutMs = Math.min(intervalMs, MAX_TIMEOUT_MS);
  const source = new AdminClient({ url, token, timeoutMs, fetch, clock, withDistributions });
  return { source, origin: { url } };
}

function storedFile(
  { store, hours, url, tokenFile }: SourceOptions,
  { withDistributions }: SourceUse,
  environment: Environment,
): ChosenSource {
  if (url !== undefined || tokenFile !== undefined)
    throw usageError('--store reads a file: --url and --token-file are for a running service');
  const file = storeFile(store === true ? undefined : store, environment);
  const source = new StoreSource({
    file,
    encryptionKeys: encryptionKeys(environment),
    hours: hours ?? DEFAULT_HOURS,
    hostHours: hours ?? DEFAULT_HOST_HOURS,
    timeoutMs: MAX_TIMEOUT_MS,
    stores: environment.stores,
    clock: environment.clock,
    withDistributions,
  });
  return { source, origin: { store: file, hours: source.hours } };
}
