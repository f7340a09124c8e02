import type { Attributes, AttributeValue, Link, SpanContext, SpanStatus } from '@opentelemetry/api';
import { SpanKind, TraceFlags } from '@opentelemetry/api';
import type { ReadableSpan, TimedEvent } from '@opentelemetry/sdk-trace';
import { truncateAddress } from '../client-address.ts';
import { ServerSpan } from '../server-span/server-span.ts';
import { framesOf } from './error-frames.ts';
import type { Privacy } from './privacy.ts';
import { RedactedSpan } from './redacted-span.ts';
import { RequestPrivacy } from './request-privacy.ts';
import { UrlPrivacy } from './url-privacy.ts';

const URLS = new Set(['url.full', 'http.url', 'http.target']);
const ADDRESSES = new Set([
  'client.address',
  'network.peer.address',
  'net.peer.ip',
  'net.sock.peer.addr',
  'http.client_ip',
]);
const HEADERS = new Set(['user_agent.original', 'http.user_agent', 'http.host', 'http.server_name']);
const HEADER_PREFIXES = ['http.request.header.', 'http.response.header.'];
/** On the span of a request coming in these are what its client wrote into `Host` or `Forwarded`. */
const HOSTS = new Set(['server.address', 'server.port', 'net.host.name', 'net.host.port']);
/** Who is told with one of these is known to the statistics by a pseudonym, and to nobody by name. */
const PEOPLE = new Set(['enduser.id', 'user.id', 'user.name', 'user.full_name', 'user.email']);
const ERROR_TEXTS = new Set(['exception.message', 'error.message']);
const STACK = 'exception.stacktrace';

/** Makes copies of ended spans, without what is private, for those who export. */
export class SpanPrivacy {
  readonly #privacy: Privacy;
  readonly #urls: UrlPrivacy;
  readonly #requests: RequestPrivacy;

  constructor(privacy: Privacy) {
    this.#privacy = privacy;
    this.#urls = new UrlPrivacy(privacy);
    this.#requests = new RequestPrivacy(privacy);
  }

  redacted(span: ReadableSpan): ReadableSpan {
    const own = span instanceof ServerSpan ? span : undefined;
    const untouched = own?.untouched && this.#requests.attributesOf(own.untouched);
    const hasDetails = own?.hasDetails !== false;
    return new RedactedSpan(span, {
      context: sampled(this.#contextOf(span.spanContext())),
      status: this.#statusOf(span.status),
      attributes: untouched ?? this.#attributesOf(span),
      events: hasDetails ? span.events.map((event) => this.#eventOf(event)) : [],
      links: hasDetails ? span.links.map((link) => this.#linkOf(link)) : [],
      droppedAttributesCount: untouched === undefined ? span.droppedAttributesCount : 0,
    });
  }

  #attributesOf(span: ReadableSpan): Attributes {
    const attributes: Attributes = {};
    for (const [name, value] of Object.entries(span.attributes)) {
      const kept = value === undefined ? undefined : this.#kept(name, value, span);
      if (kept !== undefined) attributes[name] = kept;
    }
    return attributes;
  }

  /** @returns undefined to leave the attribute out, as is what should be a text and is none */
  #kept(name: string, value: AttributeValue, span: ReadableSpan): AttributeValue | undefined {
    const text = typeof value === 'string' ? value : undefined;
    const isIncoming = span.kind === SpanKind.SERVER;
    if (PEOPLE.has(name)) return undefined;
    if (name === 'url.query') return this.#privacy.query === 'drop' ? undefined : value;
    if (name === 'url.path') return text && this.#urls.path(text, span);
    if (URLS.has(name)) return text && this.#urls.url(text, span);
    // On other kinds of span the peer is a server, not a person.
    if (isIncoming && ADDRESSES.has(name))
      return this.#privacy.clientAddress === 'full' ? value : text && truncateAddress(text);
    if (this.#privacy.headers === 'drop' && (isHeader(name) || (isIncoming && HOSTS.has(name))))
      return undefined;
    return this.#withoutErrorText(name, value, span.attributes);
  }

  #withoutErrorText(name: string, value: AttributeValue, beside: Attributes): AttributeValue | undefined {
    if (this.#privacy.errorText === 'keep') return value;
    if (name === STACK) return framesOf(value, beside['exception.message']);
    return ERROR_TEXTS.has(name) ? undefined : value;
  }

  #eventOf(event: TimedEvent): TimedEvent {
    if (event.attributes === undefined) return event;
    const attributes: Attributes = {};
    for (const [name, value] of Object.entries(event.attributes)) {
      const kept = value === undefined ? undefined : this.#withoutErrorText(name, value, event.attributes);
      if (kept !== undefined) attributes[name] = kept;
    }
    return { ...event, attributes };
  }

  #statusOf(status: SpanStatus): SpanStatus {
    return this.#privacy.errorText === 'keep' ? status : { code: status.code };
  }

  #linkOf(link: Link): Link {
    return { ...link, context: this.#contextOf(link.context) };
  }

  /** The trace state is a header that whoever sends a request fills as they like. */
  #contextOf(context: SpanContext): SpanContext {
    if (this.#privacy.headers === 'keep' || context.traceState === undefined) return context;
    const { traceState: _, ...rest } = context;
    return rest;
  }
}

/** What is exported is sampled, whatever the sampler has said: exporters and backends skip it otherwise. */
function sampled(context: SpanContext): SpanContext {
  if ((context.traceFlags & TraceFlags.SAMPLED) !== 0) return context;
  return { ...context, traceFlags: context.traceFlags | TraceFlags.SAMPLED };
}

function isHeader(name: string): boolean {
  return HEADERS.has(name) || HEADER_PREFIXES.some((prefix) => name.startsWith(prefix));
}
