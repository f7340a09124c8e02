import type { ComparableSpan } from './comparable-span.ts';

type Spans = readonly ComparableSpan[];

/** Something that the lean instrumentation does otherwise, as docs/instrumentation.md has it. */
export interface Difference {
  readonly what: string;
  readonly reason: string;
  /** The kinds of request in which it shows: in each of them, or it has gone. */
  readonly kinds: readonly string[];
  /**
   * Makes of the standard instrumentation's spans what the lean one has.
   * @param standard the former's spans of another kind
   */
  readonly change: (spans: Spans, kind: string, standard: (kind: string) => Spans) => Spans;
  /** Clients see it too. */
  readonly isSeenByClients?: boolean;
}

const ERROR = { code: 2 };
/** The kind in which nothing happens. */
const ORDINARY = 'no traceparent, nobody looks';

/** Of what a kind throws or emits, by its name: `throws string`. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'number',
  zero: 'number',
  undefined: 'undefined',
};

function typeOfThrown(kind: string): object {
  return { stringValue: TYPES[kind.replace(/^\w+ /, '')] ?? 'object' };
}

function withAttributes(spans: Spans, attributes: ComparableSpan['attributes']): Spans {
  return spans.map((span) => ({ ...span, attributes: { ...span.attributes, ...attributes } }));
}

function withoutAttributes(spans: Spans, names: readonly string[]): Spans {
  return spans.map((span) => ({
    ...span,
    attributes: Object.fromEntries(Object.entries(span.attributes).filter(([name]) => !names.includes(name))),
  }));
}

export const DIFFERENCES: readonly Difference[] = [
  {
    what: 'What is thrown, or emitted as an error, and has no name that is a text, has its type in `error.type`.',
    reason: 'An error should have a type; the other one leaves it out, or empty.',
    kinds: [
      ...['throws', 'emits'].flatMap((way) =>
        ['string', 'number', 'object', 'nameless', 'odd-name'].map((what) => `${way} ${what}`),
      ),
      'emits zero',
    ],
    change: (spans, kind) => withAttributes(spans, { 'error.type': typeOfThrown(kind) }),
  },
  {
    what: 'A listener that throws `null`, `undefined` or `0` has failed as with any other value.',
    reason: 'The other one takes these for no error.',
    kinds: ['throws zero', 'throws null', 'throws undefined'],
    change: (spans, kind) =>
      withAttributes(withoutAttributes(spans, ['http.response.status_code']), {
        'error.type': typeOfThrown(kind),
      }).map((span) => ({ ...span, status: ERROR })),
  },
  {
    what: 'Anything may be thrown, and emitted as an error: `null`, or an object without a prototype.',
    reason: 'The other one throws an error of its own into the application then.',
    kinds: ['emits null', 'emits undefined', 'emits bare', 'throws bare', 'emits hostile'],
    // What can't be read is no error.
    change: (spans, kind, standard) =>
      kind === 'emits hostile'
        ? standard(ORDINARY)
        : withAttributes(withoutAttributes(spans, ['http.response.status_code']), {
            'error.type': typeOfThrown(kind),
          }).map((span) => ({
            ...span,
            status: ERROR,
            events: [],
          })),
    isSeenByClients: true,
  },
  {
    what: 'A request that one server hands to another has one span.',
    reason: 'It is one request, and has one response.',
    kinds: ['a request that is handed on'],
    change: (spans) => spans.slice(0, 1),
  },
  {
    what: 'A response whose listeners for `close` were removed has its span all the same.',
    reason: 'The other one waits for its own listener, which is gone.',
    kinds: ['rid of its listeners for close'],
    change: (_spans, _kind, standard) => standard(ORDINARY),
  },
  {
    what: '`url.scheme`, and the default of `server.port`, are those of the connection: `https` where it is TLS.',
    reason:
      'The other one tells them by the class of the server, which may have been given a decrypted connection.',
    kinds: ['a tunnel'],
    change: (spans) =>
      withAttributes(spans, { 'url.scheme': { stringValue: 'https' }, 'server.port': { intValue: 443 } }),
  },
  {
    what: 'The name of a span has the method that was sent.',
    reason: 'So has its `http.request.method`; the other one takes what the application has set since.',
    kinds: ['span: routed-by-another-method'],
    change: (spans) => spans.map((span) => ({ ...span, name: 'GET /items/:id', trace: 'GET /items/:id' })),
  },
  {
    what: 'An application that empties `request.rawHeaders` takes the headers from the span as well.',
    reason: 'Attributes are made of them when somebody reads the span.',
    kinds: ['a request that is rewritten'],
    change: (spans) => withoutAttributes(spans, ['server.address', 'server.port', 'user_agent.original']),
  },
  {
    what: 'Of several `Host` or `User-Agent` headers the first counts, with `joinDuplicateHeaders` too.',
    reason: 'It is what Node does without that option.',
    kinds: ['two hosts that are joined', 'repeated headers that are joined'],
    change: (spans, kind) =>
      kind === 'two hosts that are joined'
        ? withAttributes(spans, {
            'server.address': { stringValue: 'service.test' },
            'url.path': { stringValue: '/' },
          })
        : withAttributes(spans, { 'user_agent.original': { stringValue: 'one' } }),
  },
];

/** @returns what the lean instrumentation is to make of a kind of request */
export function expectedSpans(kind: string, standard: (kind: string) => Spans): Spans {
  return DIFFERENCES.filter(({ kinds }) => kinds.includes(kind)).reduce(
    (spans, { change }) => change(spans, kind, standard),
    standard(kind),
  );
}
