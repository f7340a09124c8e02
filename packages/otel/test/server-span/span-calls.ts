import { type Span, type SpanContext, SpanStatusCode } from '@opentelemetry/api';
import fc from 'fast-check';

/** A method of the API's span and its arguments; or a property that is read, which changes nothing. */
export type Call = readonly [name: string, ...args: unknown[]];

const key = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    'b',
    'c',
    'url.path',
    'http.request.method',
    'enduser.id',
    '__proto__',
    'toString',
  ),
  fc.string({ maxLength: 5 }),
);
const simple = fc.oneof(fc.string(), fc.integer(), fc.double(), fc.boolean());
const value = fc.oneof(
  { arbitrary: simple, weight: 3 },
  fc.constantFrom(null, undefined, 10n, Symbol('s'), () => {}),
  fc.array(fc.oneof(simple, fc.constantFrom(null, undefined))),
  fc.dictionary(fc.string({ maxLength: 3 }), simple, { maxKeys: 3 }),
  fc.uint8Array({ maxLength: 5 }),
);
const attributes = fc.oneof(fc.dictionary(key, value, { maxKeys: 6 }), fc.constant(undefined));

/** Far enough apart that no two are taken for the same. */
const time = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom(0, 1, 1_600_000_000_000, 4_000_000_000_000.5),
  fc.constantFrom(new Date(1_700_000_000_000), new Date(0)),
  fc.tuple(fc.constantFrom(1_650_000_000, 5_000_000_000), fc.nat(999_999_999)),
);

const LINKED: SpanContext = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 };
const link = attributes.map((own) => ({
  context: LINKED,
  ...(own === undefined ? {} : { attributes: own }),
}));

const exception = fc.oneof(
  fc.string({ maxLength: 5 }),
  fc.record(
    {
      name: fc.string({ maxLength: 3 }),
      message: fc.string({ maxLength: 3 }),
      stack: fc.string({ maxLength: 3 }),
      code: fc.oneof(fc.string({ maxLength: 3 }), fc.nat(2)),
    },
    { requiredKeys: [], noNullPrototype: true },
  ),
  fc.constantFrom(new RangeError('boom'), Object.assign(new Error('no file'), { code: 'ENOENT' })),
);

const status = fc.record(
  {
    code: fc.constantFrom(SpanStatusCode.UNSET, SpanStatusCode.OK, SpanStatusCode.ERROR),
    message: fc.oneof(fc.string({ maxLength: 5 }), fc.constantFrom(undefined, null, 7)),
  },
  { requiredKeys: ['code'] },
);

const READ = ['attributes', 'events', 'links', 'status', 'duration', 'droppedAttributesCount', 'startTime'];

const changing: fc.Arbitrary<Call> = fc.oneof(
  fc.tuple(fc.constant('setAttribute'), key, value),
  fc.tuple(fc.constant('setAttributes'), attributes),
  fc.tuple(fc.constant('addEvent'), key, fc.oneof(attributes, time), time),
  fc.tuple(fc.constant('addLink'), link),
  fc.tuple(fc.constant('addLinks'), fc.array(link, { maxLength: 3 })),
  fc.tuple(fc.constant('setStatus'), status),
  fc.tuple(fc.constant('updateName'), fc.string({ maxLength: 5 })),
  fc.tuple(fc.constant('recordException'), exception, time),
);
const looking: fc.Arbitrary<Call> = fc.oneof(
  fc.constantFrom<Call>(['spanContext'], ['isRecording']),
  fc.constantFrom(...READ).map((name): Call => [name]),
);

/** Any calls in any order, among them now and then an end, and one at the end of most. */
export const spanCalls: fc.Arbitrary<Call[]> = fc
  .tuple(
    fc.array(
      fc.oneof(
        { arbitrary: changing, weight: 12 },
        { arbitrary: looking, weight: 3 },
        { arbitrary: fc.tuple(fc.constant('end'), time), weight: 1 },
      ),
      { maxLength: 25 },
    ),
    fc.option(fc.tuple(fc.constant('end'), time), { freq: 4 }),
  )
  .map(([calls, end]): Call[] => (end === null ? calls : [...calls, end]));

/** @returns whether it gave the span itself back */
export function make([name, ...args]: Call, span: Span): boolean {
  const member = (span as unknown as Record<string, unknown>)[name];
  return typeof member === 'function' && Reflect.apply(member, span, args) === span;
}
