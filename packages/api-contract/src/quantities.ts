import * as v from 'valibot';

/**
 * The kinds of number and text that answers are made of. A number is always finite; what is unknown is null,
 * never left out. By its title each is a component of the OpenAPI document.
 */

export const Count = v.pipe(
  v.number(),
  v.safeInteger(),
  v.minValue(0),
  v.metadata({ title: 'Count', description: 'How many: a whole number, 0 or more.' }),
);

export const Bytes = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(0),
  v.metadata({ title: 'Bytes', description: 'A size in bytes.' }),
);

export const Seconds = v.pipe(
  v.number(),
  v.finite(),
  v.minValue(0),
  v.metadata({ title: 'Seconds', description: 'A duration in seconds, to the microsecond.' }),
);

export const Percent = v.pipe(
  v.number(),
  v.finite(),
  v.minValue(0),
  v.metadata({
    title: 'Percent',
    description: '0 to 100, but for a host that counts more than it says it has.',
  }),
);

export const Change = v.pipe(
  v.nullable(v.pipe(v.number(), v.finite(), v.minValue(-100))),
  v.metadata({
    title: 'Change',
    description:
      'By how much a figure is above what it was, in percent of that; null where there is no telling.',
  }),
);

export const Throughput = v.pipe(
  v.number(),
  v.finite(),
  v.minValue(0),
  v.metadata({ title: 'Throughput', description: 'Requests a second.' }),
);

export const Share = v.pipe(
  v.number(),
  v.minValue(0),
  v.maxValue(1),
  v.metadata({ title: 'Share', description: 'A share, 0 to 1.' }),
);

export const Timestamp = v.pipe(
  v.string(),
  v.regex(
    /^(\d{4}|\+\d{6})-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/,
    'expected a time such as 2025-07-19T01:42:25.123456Z',
  ),
  v.metadata({
    title: 'Timestamp',
    description: 'UTC with six decimals; a year past 9999 has a sign and six digits.',
    examples: ['2025-07-19T01:42:25.123456Z'],
  }),
);
