import * as v from 'valibot';
import { AccessLogHead } from './access-log.ts';
import { Compare } from './compare.ts';
import { described } from './described.ts';
import { EndpointNameInQuery } from './endpoint-name.ts';
import { MAX_ENDPOINTS_WITH_BUCKETS } from './endpoints.ts';
import { Instant } from './instant.ts';
import { REVIEW_PERIODS } from './review.ts';
import { ENDPOINT_SORTS, SLOW_REQUEST_SORTS, USER_SORTS } from './sorts.ts';
import { Step } from './step.ts';
import { TREND_METRICS } from './trends.ts';
import { type Issue, type Validator, validator } from './validation.ts';
import { wholeNumber } from './whole-number.ts';

/** How far back an answer reaches where nothing is said of it. */
const DEFAULT_HOURS = 24;

const range = {
  hours: v.exactOptional(
    described(
      wholeNumber(1, 720, DEFAULT_HOURS),
      'How far back the answer reaches from now. Left out where `from` or `to` is given.',
    ),
  ),
  from: v.exactOptional(
    described(Instant, `Included; left out, ${DEFAULT_HOURS} hours before \`to\`, or before now.`),
  ),
  to: v.exactOptional(described(Instant, 'Excluded; left out, the end is open.')),
};

const upTo1000 = wholeNumber(1, 1000);

const limit = v.optional(described(upTo1000, 'How many to list.'), '20');

const cursor = v.exactOptional(
  described(
    v.string(),
    'Goes on where a page ended: what `Tacho-Next-Cursor` said. All else but `limit` is left out, since it is known.',
  ),
);

function sortBy<const TSorts extends readonly [string, ...string[]]>(sorts: TSorts) {
  return v.optional(
    described(
      v.picklist(sorts, `one of ${sorts.join(', ')}`),
      'What comes first: the greatest, but the poorest Apdex, and names as they are spelled.',
    ),
    sorts[0],
  );
}

const compare = v.exactOptional(
  described(Compare, 'What to compare with: as long a time right before, or another range.'),
);

const trends = {
  ...range,
  compare,
  endpoint: v.exactOptional(described(EndpointNameInQuery, 'Left out, all endpoints together.')),
  metric: v.exactOptional(
    described(
      v.picklist(TREND_METRICS, `one of ${TREND_METRICS.join(', ')}`),
      'What to tell beside the number of requests; left out, all of it.',
    ),
  ),
  /** Milliseconds, once it is read. */
  step: v.exactOptional(
    described(Step, 'How far points lie apart; left out, such that there are about a hundred.'),
  ),
};

/** The parameters that a resource takes, each a text from the query; one left out has its default. */
export interface Query<T> {
  parameters: readonly string[];
  /** The same with what each is to be: for the OpenAPI document. */
  entries: v.ObjectEntries;
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
  return { parameters: Object.keys(schema.entries), entries: schema.entries, validate: validator(schema) };
}

function withRange<T extends GivenRange>({ validate, ...query }: Query<T>): Query<T & RangeParameters> {
  return {
    ...query,
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
function paged<T extends { cursor?: string }>({ validate, ...query }: Query<T>): Query<T> {
  return {
    ...query,
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
      v.strictObject({
        ...range,
        sort: sortBy(ENDPOINT_SORTS),
        limit: v.exactOptional(described(upTo1000, 'How many to list; left out, all of them.')),
        buckets: v.exactOptional(
          described(
            v.picklist(['true', 'false'], 'true or false'),
            `Whether to tell the distribution of times, of the first ${MAX_ENDPOINTS_WITH_BUCKETS} endpoints listed; left out, it is not told.`,
          ),
        ),
        cursor,
      }),
    ),
  ),
);

export const slowRequestsQuery = paged(
  withRange(query(v.strictObject({ ...range, sort: sortBy(SLOW_REQUEST_SORTS), limit, cursor }))),
);

export const usersQuery = paged(
  withRange(query(v.strictObject({ ...range, sort: sortBy(USER_SORTS), limit, cursor }))),
);

export const accessLogQuery = paged(withRange(query(v.strictObject({ ...range, limit, cursor }))));

export const accessLogVerificationQuery = query(
  v.strictObject({
    head: v.exactOptional(
      described(AccessLogHead, 'What an earlier verification gave, to see whether it still holds.'),
    ),
  }),
);

export const trendsQuery = withRange(query(v.strictObject(trends)));

export const reviewQuery = query(
  v.strictObject({
    period: v.optional(
      described(
        v.picklist(REVIEW_PERIODS, `one of ${REVIEW_PERIODS.join(', ')}`),
        'A UTC day, an ISO week (Monday to Sunday) or a calendar month.',
      ),
      REVIEW_PERIODS[0],
    ),
    ending: v.exactOptional(
      described(Instant, 'The last that was over then is reviewed; left out, the last that is over.'),
    ),
    current: v.optional(
      described(
        v.picklist(['true', 'false'], 'one of true, false'),
        'Whether the one that is still running is reviewed. Not with `ending`.',
      ),
      'false',
    ),
  }),
);

export const noQuery = query(v.strictObject({}));
