import { gzipSync } from 'node:zlib';
import { OPERATIONS, type Operation } from '@tacho/api-contract';
import fc from 'fast-check';
import { NOW_MS } from '../served.ts';
import { text } from './text.ts';

/** A request for a change, but for who asks. */
export interface Change {
  readonly method: string;
  readonly target: string;
  /** Header lines. */
  readonly headers: readonly string[];
  readonly body: Buffer;
}

const PREFIX = '/api/performance';

const changes = Object.values(OPERATIONS as Readonly<Record<string, Operation>>).filter(
  ({ method }) => method !== 'GET',
);

/** Those that a desk in memory gives first, and others. */
const id = fc.oneof(
  { weight: 3, arbitrary: fc.nat({ max: 40 }).map((nth) => nth.toString(36).padStart(12, '0')) },
  { weight: 1, arbitrary: text.map((any) => any || 'x') },
);

const end = fc.oneof(
  fc.record({ minutes: fc.integer({ min: 1, max: 43_200 }) }),
  fc.record({
    until: fc.integer({ min: 1, max: 700 }).map((hours) => new Date(NOW_MS + hours * 3.6e6).toISOString()),
  }),
);

const wellPut = fc
  .tuple(
    end,
    fc.record(
      {
        rule: fc.constant('error-rate'),
        subject: fc.string({ minLength: 1 }),
        comment: fc.string({ maxLength: 200 }),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([ends, rest]) => ({ ...ends, ...rest }));

const oneWrong = fc
  .tuple(
    wellPut,
    fc.constantFrom('rule', 'subject', 'minutes', 'until', 'comment', 'by', '__proto__'),
    fc.jsonValue(),
  )
  .map(([good, name, value]) => JSON.stringify({ ...good, [`${name}`]: value }));

const json = fc
  .oneof(
    { weight: 8, arbitrary: wellPut.map((good) => JSON.stringify(good)) },
    { weight: 4, arbitrary: oneWrong },
    { weight: 2, arbitrary: fc.json() },
    {
      weight: 1,
      arbitrary: fc.constantFrom('', '{', '[]', '{"a":1,"a":2}', '{"__proto__":{}}', '\ufeff{"minutes":1}'),
    },
    { weight: 1, arbitrary: fc.constantFrom('['.repeat(10_000), `{"minutes":1${' '.repeat(66_000)}}`) },
  )
  .map((written) => Buffer.from(written));

const body = fc.oneof(
  { weight: 12, arbitrary: json.map((bytes) => ({ bytes, type: 'application/json', coding: '' })) },
  {
    weight: 1,
    arbitrary: json.map((bytes) => ({ bytes: gzipSync(bytes), type: 'application/json', coding: 'gzip' })),
  },
  {
    weight: 1,
    arbitrary: fc
      .uint8Array({ maxLength: 40 })
      .map((bytes) => ({ bytes: Buffer.from(bytes), type: 'application/json', coding: '' })),
  },
  {
    weight: 1,
    arbitrary: fc.constant({ bytes: gzipSync(Buffer.alloc(9e6)), type: 'application/json', coding: 'gzip' }),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        json,
        fc.constantFrom('text/plain', 'multipart/form-data', 'application/json; charset=utf-16', 'x'),
        fc.constantFrom('', 'br', 'x'),
      )
      .map(([bytes, type, coding]) => ({ bytes, type, coding })),
  },
);

/** Changes as they may be asked for: most are well put, and some with what belongs to another. */
export const anyChange: fc.Arbitrary<Change> = fc
  .tuple(fc.constantFrom(...changes), id, body, fc.boolean())
  .map(([{ method, path, body: taken }, silence, { bytes, type, coding }, isOdd]) => ({
    method,
    target: `${PREFIX}${path.replace('{id}', silence)}`,
    ...(taken === undefined && !isOdd
      ? { headers: [], body: Buffer.alloc(0) }
      : {
          headers: [
            `Content-Type: ${type}`,
            ...(coding === '' ? [] : [`Content-Encoding: ${coding}`]),
            `Content-Length: ${bytes.byteLength}`,
          ],
          body: bytes,
        }),
  }));
