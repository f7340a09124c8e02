import {
  type Attributes,
  type Span,
  type SpanContext,
  type SpanStatus,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { type Behaviour, onSpan } from './behaviour.ts';

const ELSEWHERE: SpanContext = {
  traceId: '5b8efff798038103d269b633813fc60c',
  spanId: 'eee19b7ec3c1b174',
  traceFlags: 1,
};

/** Does something with the span in a listener of the response. */
function on(event: 'finish' | 'close', work: (span: Span) => void): Behaviour {
  return onSpan((_span, response) => response.on(event, () => work(trace.getActiveSpan()!)));
}

const ODD_VALUES = {
  nan: Number.NaN,
  infinite: Number.POSITIVE_INFINITY,
  fraction: 0.5,
  none: undefined,
  nothing: null,
  object: { a: 1 },
  mixed: ['a', 1],
  holes: ['a', null, undefined],
  empty: [],
  flags: [true, false],
  date: new Date(0),
  '': 'without a name',
} as unknown as Attributes;

/** What applications do with the span of their request. */
export const SPAN_WORK: Readonly<Record<string, Behaviour>> = {
  attributes: onSpan((span) =>
    span
      .setAttribute('one', 1)
      .setAttributes({ two: 'two', three: [1, 2, 3], four: true })
      .setAttribute('one', 11),
  ),
  'odd-attributes': onSpan((span) => span.setAttributes(ODD_VALUES)),
  'many-attributes': onSpan((span) => {
    for (let n = 0; n < 200; n++) span.setAttribute(`attribute.${n}`, n);
  }),
  'long-attribute': onSpan((span) => span.setAttributes({ long: 'x'.repeat(5000), list: ['y'.repeat(500)] })),
  overrides: onSpan((span) =>
    span.setAttributes({ 'http.route': '/own', 'http.response.status_code': 1, 'url.path': '/own' }),
  ),
  events: onSpan((span) =>
    span
      .addEvent('first')
      .addEvent('second', { a: 1 })
      .addEvent('third', new Date())
      .addEvent('fourth', { b: [1] }, Date.now()),
  ),
  'odd-event': onSpan((span) => span.addEvent('odd', ODD_VALUES)),
  'many-events': onSpan((span) => {
    for (let n = 0; n < 200; n++) span.addEvent(`event ${n}`);
  }),
  error: onSpan((span) => span.setStatus({ code: SpanStatusCode.ERROR, message: 'so it is' })),
  'error-then-ok': onSpan((span) =>
    span.setStatus({ code: SpanStatusCode.ERROR, message: 'no' }).setStatus({ code: SpanStatusCode.OK }),
  ),
  'ok-then-error': onSpan((span) =>
    span.setStatus({ code: SpanStatusCode.OK }).setStatus({ code: SpanStatusCode.ERROR, message: 'no' }),
  ),
  'ok-and-500': (_request, response) => {
    trace.getActiveSpan()?.setStatus({ code: SpanStatusCode.OK });
    response.writeHead(500).end();
  },
  unset: onSpan((span) =>
    span
      .setStatus({ code: SpanStatusCode.ERROR })
      .setStatus({ code: SpanStatusCode.UNSET, message: 'unset' }),
  ),
  named: onSpan((span) => span.updateName('a name of its own')),
  exception: onSpan((span) => span.recordException(new RangeError('recorded'))),
  'coded-exception': onSpan((span) => span.recordException({ code: 404, message: 'not here' })),
  'text-exception': onSpan((span) => span.recordException('only a text', new Date())),
  'odd-exception': onSpan((span) => span.recordException({} as Error)),
  'two-exceptions': onSpan((span) => {
    span.recordException(new Error('first'));
    span.recordException(Object.assign(new Error('second'), { code: 'E_SECOND' }));
  }),
  'odd-status': onSpan((span) =>
    span.setStatus({ code: SpanStatusCode.ERROR, message: 42 } as unknown as SpanStatus).updateName(''),
  ),
  /** All forms of a time that the API takes. */
  'event-times': onSpan((span) =>
    span
      .addEvent('a date', new Date(1e12))
      .addEvent('milliseconds', 1e12)
      .addEvent('a tuple', [1e9, 5])
      .addEvent('with attributes', { a: 1 }, [1e9, 7])
      .addEvent('two times', new Date(1e12), new Date(2e12))
      .addEvent('monotonic', performance.now())
      .addEvent('no time', { a: 1 }, undefined),
  ),
  links: onSpan((span) =>
    span
      .addLink({ context: ELSEWHERE })
      .addLinks([{ context: ELSEWHERE, attributes: { why: 'because', odd: [Number.NaN] } }])
      .addLink({ context: { ...ELSEWHERE, spanId: '0000000000000000' } }),
  ),
  ends: onSpan((span) => span.end()),
  'ends-in-the-past': onSpan((span) => span.end(new Date(0))),
  'ends-in-the-future': onSpan((span) => span.end(new Date(4e12))),
  'ends-by-the-monotonic-clock': onSpan((span) => span.end(performance.now())),
  'ends-twice': onSpan((span) => {
    span.end();
    span.end();
  }),
  'goes-on-after-end': onSpan((span) => {
    span.end();
    span
      .setAttribute('late', true)
      .addEvent('late')
      .updateName('late')
      .setStatus({ code: SpanStatusCode.ERROR });
    span.recordException(new Error('late'));
  }),
  'on-finish': on('finish', (span) => span.setAttribute('finished', true).updateName('finished')),
  'on-close': on('close', (span) => span.setAttribute('closed', true).updateName('closed')),
  'after-close': onSpan((span, response) =>
    response.on('close', () => setImmediate(() => span.setAttribute('too late', true))),
  ),
};
