import type { KeyValue, OtlpSpan, ReceivedSpan } from './span-receiver.ts';

const SERVER_KIND = 2;
const MINUTE_NS = 60_000_000_000n;
/** The lines of a stack trace that the application has written. */
const OWN_FRAME = /test\/parity\//;

/**
 * A span without what differs between any two runs: ids that were made up, times, ports. The instrumentation is known
 * by its scope, and by its frames in stack traces: they are left out too. All else is as it was exported.
 */
export interface ComparableSpan {
  readonly name: string;
  readonly kind: number;
  /** When it ended and when its events were: those times that only the application can have made up. */
  readonly end: string;
  readonly scope: string;
  readonly status: OtlpSpan['status'];
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly ComparableEvent[];
  readonly links: readonly object[];
  /** Of attributes, events and links. */
  readonly dropped: readonly number[];
  readonly traceState: string | undefined;
  readonly flags: number | undefined;
  /** The names of the trace's spans; the id where the client has sent one. */
  readonly trace: string;
  /** The name of the parent; its id where the client has sent that. */
  readonly parent: string;
}

export interface ComparableEvent {
  readonly name: string;
  readonly dropped: number;
  readonly time: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/**
 * @param all that the same kind of request has led to
 * @param sent by the client
 * @param ports of the service's servers by name
 */
export function comparableSpan(
  { span, scope }: ReceivedSpan,
  all: readonly ReceivedSpan[],
  sent: string,
  ports: Readonly<Record<string, number>>,
): ComparableSpan {
  const plain = withoutPorts(ports);
  const idOr = (id: string, otherwise: string): string => (sent.includes(id) ? id : otherwise);
  const { parentSpanId } = span;
  return {
    name: span.name,
    kind: span.kind,
    end: ownTime(span.endTimeUnixNano, span),
    scope: scope.name === 'application' ? `application ${scope.version}` : 'instrumentation',
    status: span.status,
    attributes: attributesOf(span.attributes, (name, value) =>
      name === 'network.peer.port' && span.kind === SERVER_KIND ? Object.keys(value) : plain(value),
    ),
    events: span.events.map(({ name, timeUnixNano, droppedAttributesCount, attributes = [] }) => ({
      name,
      time: ownTime(timeUnixNano, span),
      dropped: droppedAttributesCount,
      attributes: attributesOf(attributes, (name, value) =>
        name === 'exception.stacktrace' ? ownFrames(value) : plain(value),
      ),
    })),
    links: span.links.map(({ traceId, spanId, ...link }) => ({
      ...link,
      to: nameOf(spanId, all) ?? `${traceId} ${spanId}`,
    })),
    dropped: [span.droppedAttributesCount, span.droppedEventsCount, span.droppedLinksCount],
    traceState: span.traceState,
    flags: span.flags,
    trace: idOr(span.traceId, namesIn(span.traceId, all)),
    parent: parentSpanId === undefined ? 'none' : idOr(parentSpanId, `${nameOf(parentSpanId, all)}`),
  };
}

/** Sorts spans in an order that ids and times have no part in. */
export function compareSpans(a: ComparableSpan, b: ComparableSpan): number {
  return compare(JSON.stringify(a), JSON.stringify(b));
}

/** Stands for each time that is not far from the start of its span. */
export const BY_THE_CLOCK = 'by the clock';

function ownTime(timeUnixNano: string, { startTimeUnixNano }: OtlpSpan): string {
  const apartNs = BigInt(timeUnixNano) - BigInt(startTimeUnixNano);
  return apartNs > -MINUTE_NS && apartNs < MINUTE_NS ? BY_THE_CLOCK : timeUnixNano;
}

function nameOf(spanId: string, spans: readonly ReceivedSpan[]): string | undefined {
  return spans.find(({ span }) => span.spanId === spanId)?.span.name;
}

function namesIn(traceId: string, spans: readonly ReceivedSpan[]): string {
  const names = spans.filter(({ span }) => span.traceId === traceId).map(({ span }) => span.name);
  return names.sort(compare).join(', ');
}

function attributesOf(
  attributes: readonly KeyValue[],
  value: (name: string, value: KeyValue['value']) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value: given }) => [key, value(key, given)]));
}

/** Names the ports of the service's own servers, as numbers and within texts. */
function withoutPorts(ports: Readonly<Record<string, number>>): (value: KeyValue['value']) => unknown {
  const names = new Map(Object.entries(ports).map(([name, port]) => [port, name]));
  return (value) => {
    const { intValue, stringValue } = value;
    if (typeof intValue === 'number') return { intValue: names.get(intValue) ?? intValue };
    if (typeof stringValue !== 'string') return value;
    return {
      stringValue: stringValue.replaceAll(/(?<=:)\d{5}\b/g, (port) => names.get(Number(port)) ?? port),
    };
  };
}

function ownFrames({ stringValue }: KeyValue['value']): unknown {
  const lines = String(stringValue).split('\n');
  return lines.filter((line) => !line.startsWith('    at ') || OWN_FRAME.test(line));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
