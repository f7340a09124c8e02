import * as v from 'valibot';
import { Compare } from './compare.ts';
import { Instant } from './instant.ts';
import { ENDPOINT_SORTS, SLOW_REQUEST_SORTS, USER_SORTS } from './sorts.ts';
import { Step } from './step.ts';
import { TREND_METRICS } from './trends.ts';
import { type Issue, type Validator, validator } from './validation.ts';

/** Decimal digits alone: no sign, space, exponent or other base, and none of the other scripts' digits. */
function wholeNumber(min: number, max: number) {
  const expected = `a whole number from ${min} to ${max}`;
  return v.pipe(
    v.string(),
    v.regex(/^[0-9]+$/, expected),
    v.transform(Number),
    v.minValue(min, expected),
    v.maxValue(max, expected),
  );
}

/** How far back an answer reaches where nothing is said of it. */
const DEFAULT_HOURS = 24;

const range = {
  /** How far back the answer reaches from now. */
  hours: v.exactOptional(wholeNumber(1, 720)),
  /** Included; left out, as many hours before `to` as there would be before now. */
  from: v.exactOptional(Instant),
  /** Excluded; left out, the end is open. */
  to: v.exactOptional(Instant),
};

const upTo1000 = wholeNumber(1, 1000);

/** How many to list. */
const limit = v.optional(upTo1000, '20');

/** Goes on where a page ended: what `Tacho-Next-Cursor` said. What was asked for at first is in it. */
const cursor = v.exactOptional(v.string());

function sortBy<const TSorts extends readonly [string, ...string[]]>(sorts: TSorts) {
  return v.optional(v.picklist(sorts, `one of ${sorts.join(', ')}`), sorts[0]);
}

const compare = v.exactOptional(Compare);

const trends = {
  ...range,
  compare,
  /** `METHOD route`; left out, all endpoints together. */
  endpoint: v.exactOptional(v.pipe(v.string(), v.nonEmpty('the method and route of an endpoint'))),
  /** Left out, all of them. */
  metric: v.exactOptional(v.picklist(TREND_METRICS, `one of ${TREND_METRICS.join(', ')}`)),
  /** Milliseconds; left out, such that there are about a hundred points. */
  step: v.exactOptional(Step),
};

/** The parameters that a resource takes, each a text from the query; one left out has its default. */
export interface Query<T> {
  parameters: readonly string[];
  /** The issue's `path` is the parameter, its `message` what is expected. */
  validate: Validator<T>;
}

/** Which time is asked for. */
export interface RangeParameters {
  /** Back from `to`, or from now. Counts where there is no `from`. */
  hours: number;
  /** Epoch milliseconds, included. */
  from?: number;
  /** Epoch milliseconds, excluded and later than `from`; without it the end is open. */
  to?: number;
}

type GivenRange = Omit<RangeParameters, 'hours'> & { hours?: number };

function query<TEntries extends v.ObjectEntries>(
  schema: v.StrictObjectSchema<TEntries, undefined>,
): Query<v.InferOutput<typeof schema>> {
  return { parameters: Object.keys(schema.entries), validate: validator(schema) };
}

function withRange<T extends GivenRange>({ parameters, validate }: Query<T>): Query<T & RangeParameters> {
  return {
    parameters,
    validate: (given) => {
      const checked = validate(given);
      if (!checked.ok) return checked;
      const issue = conflictIn(checked.value);
      if (issue !== undefined) return { ok: false, issue };
      return { ok: true, value: { ...checked.value, hours: checked.value.hours ?? DEFAULT_HOURS } };
    },
  };
}

function conflictIn({ hours, from, to }: GivenRange): Issue | undefined {
  if (hours !== undefined && (from !== undefined || to !== undefined)) {
    return { path: 'hours', message: 'left out where from or to is given' };
  }
  if (to === undefined || to > (from ?? 0)) return undefined;
  return {
    path: from === undefined ? 'to' : 'from',
    message: from === undefined ? 'later than 1970' : 'before to',
  };
}

/** With a cursor, all but `limit` is known. */
function paged<T extends { cursor?: string }>({ parameters, validate }: Query<T>): Query<T> {
  return {
    parameters,
    validate: (given) => {
      const checked = validate(given);
      if (!checked.ok || checked.value.cursor === undefined) return checked;
      const path = Object.keys(given as object).find((name) => name !== 'cursor' && name !== 'limit');
      if (path === undefined) return checked;
      return { ok: false, issue: { path, message: 'left out where cursor is given' } };
    },
  };
}

/** Taken by every resource that answers for a range. */
export const windowQuery = withRange(query(v.strictObject(range)));

export const summaryQuery = withRange(query(v.strictObject({ ...range, compare })));

/** All endpoints, unless `limit` is given. */
export const endpointsQuery = paged(
  withRange(
    query(
      v.strictObject({ ...range, sort: sortBy(ENDPOINT_SORTS), limit: v.exactOptional(upTo1000), cursor }),
    ),
  ),
);

export const slowRequestsQuery = paged(
  withRange(query(v.strictObject({ ...range, sort: sortBy(SLOW_REQUEST_SORTS), limit, cursor }))),
);

export const usersQuery = paged(
  withRange(query(v.strictObject({ ...range, sort: sortBy(USER_SORTS), limit, cursor }))),
);

export const trendsQuery = withRange(query(v.strictObject(trends)));

export const noQuery = query(v.strictObject({}));
