import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseInstant } from '../src/instant.ts';
import { slowRequestsQuery, summaryQuery, trendsQuery, windowQuery } from '../src/query.ts';

const JULY_19 = Date.UTC(2025, 6, 19);
const NOON_MS = Date.UTC(2025, 6, 19, 12);

describe('a moment', () => {
  it.each([
    ['2025-07-19', JULY_19],
    ['2025-07-19T12:00Z', NOON_MS],
    ['2025-07-19T12:00:00Z', NOON_MS],
    ['2025-07-19T12:00:00.123456Z', NOON_MS + 123],
    ['2025-07-19T14:00+02:00', NOON_MS],
    ['2025-07-18T21:30:00-14:30', NOON_MS],
    ['2024-02-29', Date.UTC(2024, 1, 29)],
    ['1970-01-01', 0],
    ['0', 0],
    [String(NOON_MS), NOON_MS],
    ['9999-12-31T23:59:59Z', Date.UTC(9999, 11, 31, 23, 59, 59)],
  ])('is given as %s', (text, epochMs) => {
    expect(parseInstant(text)).toBe(epochMs);
  });

  it.each([
    '',
    'abc',
    'now',
    'NaN',
    'Infinity',
    '-1',
    '+1',
    '1e30',
    '1.5',
    '0x10',
    ' 5',
    '5\n',
    '٣',
    '9'.repeat(400),
    '253402300800000',
    '2025-07',
    '2025-7-19',
    '2025-02-29',
    '2025-02-30T00:00Z',
    '2025-13-01',
    '2025-00-10',
    '2025-07-19T12:00',
    '2025-07-19T12Z',
    '2025-07-19T24:00Z',
    '2025-07-19T12:60Z',
    '2025-07-19T12:00:60Z',
    '2025-07-19T12:00+0200',
    '2025-07-19T12:00+24:00',
    '2025-07-19T12:00z',
    '2025-07-19 12:00Z',
    '2025-07-19Z',
    '2025-07-19T12:00:00.Z',
    '1969-12-31',
    '1970-01-01T00:00+02:00',
    '+010000-01-01',
    'Sat, 19 Jul 2025 12:00:00 GMT',
  ])('is not %j', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  it('is read as it was written, whatever it is', () => {
    const years = { min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z') };
    fc.assert(
      fc.property(fc.date({ ...years, noInvalidDate: true }), (date) => {
        expect(parseInstant(date.toISOString())).toBe(date.valueOf());
        expect(parseInstant(String(date.valueOf()))).toBe(date.valueOf());
      }),
    );
  });

  it('is within its bounds or none, whatever the text', () => {
    const nearly = fc.stringMatching(
      /^\d{1,4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,4})?)?(Z|[+-]\d\d:\d\d)?)?$/,
    );
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), nearly, fc.bigInt().map(String)), (text) => {
        const epochMs = parseInstant(text);
        if (epochMs === undefined) return;
        expect(epochMs).toBeGreaterThanOrEqual(0);
        expect(new Date(epochMs).toISOString()).toMatch(/^\d{4}-/);
      }),
    );
  });
});

describe.each([
  ['window', windowQuery],
  ['summary', summaryQuery],
  ['slow requests', slowRequestsQuery],
  ['trends', trendsQuery],
])('the range of the query of %s', (_name, query) => {
  it.each([
    [{}, { hours: 24 }],
    [{ hours: '3' }, { hours: 3 }],
    [{ from: '2025-07-19' }, { hours: 24, from: JULY_19 }],
    [{ to: '2025-07-19' }, { hours: 24, to: JULY_19 }],
    [
      { from: '2025-07-19', to: '2025-07-19T12:00Z' },
      { hours: 24, from: JULY_19, to: NOON_MS },
    ],
  ])('is %j', (given, range) => {
    expect(query.validate(given)).toMatchObject({ ok: true, value: range });
  });

  it.each([
    [{ from: 'abc' }, 'from', /ISO 8601 with Z or an offset.*epoch milliseconds/],
    [{ to: '-1' }, 'to', /ISO 8601 with Z or an offset.*epoch milliseconds/],
    [{ to: '0' }, 'to', /^later than 1970$/],
    [{ from: '2025-07-19', to: '2025-07-19' }, 'from', /^before to$/],
    [{ from: '2025-07-20', to: '2025-07-19' }, 'from', /^before to$/],
    [{ hours: '3', from: '2025-07-19' }, 'hours', /^left out where from or to is given$/],
    [{ hours: '3', to: '2025-07-19' }, 'hours', /^left out where from or to is given$/],
    [{ from: '5', to: '3', hours: '3' }, 'hours', /^left out/],
  ])('is never %j', (given, path, message) => {
    expect(query.validate(given)).toEqual({
      ok: false,
      issue: { path, message: expect.stringMatching(message) },
    });
  });
});

describe('what to compare with', () => {
  it.each([
    ['previous', 'previous'],
    ['2025-07-19/2025-07-19T12:00Z', { fromMs: JULY_19, toMs: NOON_MS }],
    [`0/${NOON_MS}`, { fromMs: 0, toMs: NOON_MS }],
  ])('may be %s', (compare, value) => {
    expect(summaryQuery.validate({ compare })).toMatchObject({ value: { compare: value } });
    expect(trendsQuery.validate({ compare })).toMatchObject({ value: { compare: value } });
  });

  it.each([
    '',
    'Previous',
    'previous/previous',
    '2025-07-19',
    '2025-07-19/',
    '/2025-07-19',
    '2025-07-19/P1D',
    '2025-07-19/2025-07-19',
    '2025-07-20/2025-07-19',
    '2025-07-18/2025-07-19/2025-07-20',
  ])('is not %j', (compare) => {
    expect(summaryQuery.validate({ compare })).toMatchObject({
      ok: false,
      issue: { path: 'compare', message: expect.stringMatching(/^previous, or an interval as <from>\/<to>/) },
    });
  });
});

describe('a step', () => {
  it.each([
    ['1m', 60_000],
    ['15m', 900_000],
    ['90m', 5_400_000],
    ['1h', 3_600_000],
    ['1d', 86_400_000],
    ['366d', 366 * 86_400_000],
  ])('may be %s', (step, stepMs) => {
    expect(trendsQuery.validate({ step })).toMatchObject({ value: { step: stepMs } });
  });

  it.each([
    '',
    '0m',
    '01m',
    '1',
    'm',
    '1s',
    '1w',
    '1M',
    '1.5h',
    '-1m',
    '1e3m',
    ' 1m',
    '1m\n',
    '367d',
    `${'9'.repeat(400)}d`,
  ])('is not %j', (step) => {
    expect(trendsQuery.validate({ step })).toMatchObject({
      ok: false,
      issue: { path: 'step', message: expect.stringContaining('such as 15m, 6h or 1d') },
    });
  });
});

describe('a metric and an endpoint', () => {
  it('are texts', () => {
    expect(trendsQuery.validate({ metric: 'p95', endpoint: 'GET /\0' })).toMatchObject({
      value: { metric: 'p95', endpoint: 'GET /\0' },
    });
  });

  it.each(['', 'P95', 'p96', '__proto__', 'toString', 'p95;DROP', 'timestamp'])(
    'is no metric: %j',
    (metric) => {
      expect(trendsQuery.validate({ metric })).toMatchObject({
        ok: false,
        issue: { path: 'metric', message: expect.stringMatching(/^one of requests, throughput, avg_time, /) },
      });
    },
  );

  it('are not empty', () => {
    expect(trendsQuery.validate({ endpoint: '' })).toMatchObject({ ok: false, issue: { path: 'endpoint' } });
  });
});
