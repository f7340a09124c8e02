import { describe, expect, it } from '@jest/globals';
import { type ComparableSpan, comparableSpan } from './comparable-span.ts';
import type { OtlpSpan, ReceivedSpan } from './span-receiver.ts';

const TEXT = (stringValue: string) => ({ stringValue });
const IDS = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) };

const SPAN: OtlpSpan = {
  ...IDS,
  parentSpanId: 'c'.repeat(16),
  flags: 257,
  name: 'GET /users/:id',
  kind: 2,
  startTimeUnixNano: '1700000000000000000',
  endTimeUnixNano: '1700000000020000000',
  attributes: [
    { key: 'url.path', value: TEXT('/users/1') },
    { key: 'network.peer.port', value: { intValue: 40_001 } },
    { key: 'url.full', value: TEXT('http://127.0.0.1:50001/') },
  ],
  droppedAttributesCount: 0,
  events: [
    {
      name: 'exception',
      timeUnixNano: '1700000000010000000',
      attributes: [
        {
          key: 'exception.stacktrace',
          value: TEXT('Error: a\n    at f (test/parity/a.ts)\n    at g (b.js)'),
        },
      ],
      droppedAttributesCount: 0,
    },
  ],
  droppedEventsCount: 0,
  links: [{ traceId: 'd'.repeat(32), spanId: 'e'.repeat(16) }],
  droppedLinksCount: 0,
  status: { code: 0 },
};

function seen(changed: Partial<OtlpSpan>, scope = 'tacho', sent = '', inner = 50_001): ComparableSpan {
  const span: ReceivedSpan = { span: { ...SPAN, ...changed }, scope: { name: scope }, resource: [] };
  const parent: ReceivedSpan = {
    ...span,
    span: { ...span.span, spanId: span.span.parentSpanId ?? '', name: 'parent' },
  };
  return comparableSpan(span, [span, parent], sent, { inner });
}

const event = (changed: object): OtlpSpan['events'] => [{ ...SPAN.events[0]!, ...changed }];
const attribute = (at: number, value: Record<string, unknown>): OtlpSpan['attributes'] =>
  SPAN.attributes.map((given, index) => (index === at ? { ...given, value } : given));

describe('two spans compare as equal', () => {
  it.each<[string, ComparableSpan]>([
    ['whatever ids they were given', seen({ traceId: '1'.repeat(32), spanId: '2'.repeat(16) })],
    ['whatever the id of their parent', seen({ parentSpanId: '3'.repeat(16) })],
    ['whenever they ended', seen({ endTimeUnixNano: '1700000000999000000' })],
    ['whenever their events were', seen({ events: event({ timeUnixNano: '1700000000015000000' }) })],
    ['whatever port a client had', seen({ attributes: attribute(1, { intValue: 40_002 }) })],
    [
      'whatever port a server had',
      seen({ attributes: attribute(2, TEXT('http://127.0.0.1:50002/')) }, 'tacho', '', 50_002),
    ],
    ['whoever made them', seen({}, '@opentelemetry/instrumentation-http')],
  ])('%s', (_what, other) => {
    expect(other).toEqual(seen({}));
  });
});

describe('two spans differ', () => {
  it.each<[string, ComparableSpan]>([
    ['by name', seen({ name: 'GET' })],
    ['by kind', seen({ kind: 1 })],
    ['by status', seen({ status: { code: 2 } })],
    ['by the text of their status', seen({ status: { code: 0, message: 'a' } })],
    ['by an attribute', seen({ attributes: attribute(0, TEXT('/users/2')) })],
    ['by the type of an attribute', seen({ attributes: attribute(0, { intValue: 1 }) })],
    ['by an attribute that is missing', seen({ attributes: SPAN.attributes.slice(1) })],
    ['by the type of the client’s port', seen({ attributes: attribute(1, TEXT('40001')) })],
    ['by an event', seen({ events: [] })],
    ['by the name of an event', seen({ events: event({ name: 'error' }) })],
    ['by an attribute of an event', seen({ events: event({ attributes: [] }) })],
    [
      'by the time of an event that the clock did not tell',
      seen({ events: event({ timeUnixNano: '1000000000000000000' }) }),
    ],
    ['by an end that the clock did not tell', seen({ endTimeUnixNano: '4000000000000000000' })],
    ['by a link', seen({ links: [] })],
    ['by where a link leads', seen({ links: [IDS] })],
    ['by what was dropped', seen({ droppedEventsCount: 1 })],
    ['by trace state', seen({ traceState: 'a=1' })],
    ['by flags', seen({ flags: 256 })],
    ['by having no parent', seen({ parentSpanId: undefined as never })],
    ['by having the parent that a client has sent', seen({}, 'tacho', SPAN.parentSpanId)],
    ['by being of the trace that a client has sent', seen({}, 'tacho', SPAN.traceId)],
    ['by being the application’s', seen({}, 'application')],
  ])('%s', (_what, other) => {
    expect(other).not.toEqual(seen({}));
  });
});
