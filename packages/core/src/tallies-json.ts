import type { Failures, FailureTotals } from './failures.ts';
import { isCount, JsonFields } from './json-fields.ts';
import type { Origins, OriginTotals } from './origins.ts';

/** What processes of one origin measured. */
export interface OriginJson {
  readonly host: string;
  readonly version: string;
  readonly count: number;
  readonly client_errors: number;
  readonly server_errors: number;
  readonly slow: number;
  readonly sum_us: number;
}

/** Requests that failed or were slow. */
export interface FailureJson {
  readonly method: string;
  readonly route: string;
  /** 0 where there was none. */
  readonly status: number;
  readonly host: string;
  readonly version: string;
  readonly count: number;
  readonly slow: number;
}

/** Most requests first; and the counts of what found no place. */
export interface TalliesJson<Entry> {
  readonly entries: readonly Entry[];
  readonly others: readonly number[];
}

const ORIGIN_FIELDS = [
  'host',
  'version',
  'count',
  'client_errors',
  'server_errors',
  'slow',
  'sum_us',
] as const satisfies (keyof OriginJson)[];
const FAILURE_FIELDS = [
  'method',
  'route',
  'status',
  'host',
  'version',
  'count',
  'slow',
] as const satisfies (keyof FailureJson)[];

export function originsJson(origins: Origins): TalliesJson<OriginJson> {
  const entryOf = ({ clientErrors, serverErrors, sumUs, ...rest }: OriginTotals): OriginJson => ({
    ...rest,
    client_errors: clientErrors,
    server_errors: serverErrors,
    sum_us: sumUs,
  });
  return { entries: origins.entries().map(entryOf), others: origins.tallies.overflow };
}

export function failuresJson(failures: Failures): TalliesJson<FailureJson> {
  const entryOf = (totals: FailureTotals): FailureJson => totals;
  return { entries: failures.entries().map(entryOf), others: failures.tallies.overflow };
}

/** @throws TachoError `TACHO_BAD_DATA` */
export function readOrigins(value: unknown, into: Origins): void {
  for (const [path, entry] of entriesOf(value, 'origins', into.tallies.overflow)) {
    const fields = new JsonFields(entry, path, ORIGIN_FIELDS);
    const [host, version, ...counts] = ORIGIN_FIELDS;
    into.tallies.add(
      [fields.text(host), fields.text(version)],
      counts.map((name) => fields.count(name)),
    );
  }
}

/** @throws TachoError `TACHO_BAD_DATA` */
export function readFailures(value: unknown, into: Failures): void {
  for (const [path, entry] of entriesOf(value, 'failures', into.tallies.overflow)) {
    const fields = new JsonFields(entry, path, FAILURE_FIELDS);
    const status = String(fields.count('status'));
    const key = [
      fields.text('route'),
      fields.text('method'),
      status,
      fields.text('host'),
      fields.text('version'),
    ];
    into.tallies.add(key, [fields.count('count'), fields.count('slow')]);
  }
}

/** Adds the counts of what found no place, and gives the others. */
function entriesOf(value: unknown, name: string, others: number[]): [path: string, entry: unknown][] {
  const fields = new JsonFields(value, name, ['entries', 'others']);
  const counts = fields.list('others');
  if (counts.length !== others.length || !counts.every(isCount))
    throw fields.bad('others', `expected ${others.length} integers from 0 to 2^53−1`);
  for (const [place, n] of counts.entries()) others[place] = others[place]! + n;
  return fields.list('entries').map((entry, index) => [`${name}.entries[${index}]`, entry]);
}
