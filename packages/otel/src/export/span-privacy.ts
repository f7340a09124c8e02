import type { Attributes, AttributeValue, Link, SpanContext, SpanStatus } from '@opentelemetry/api';
import { SpanKind, TraceFlags } from '@opentelemetry/api';
import type { ReadableSpan, TimedEvent } from '@opentelemetry/sdk-trace';
import { truncateAddress } from '@tacho/core';
import { ServerSpan } from '../server-span/server-span.ts';
import { framesOf } from './error-frames.ts';
import { HeaderPrivacy } from './header-privacy.ts';
import type { Privacy } from './privacy.ts';
import { RedactedSpan } from './redacted-span.ts';
import { RequestPrivacy } from './request-privacy.ts';
import {
  isStatement,
  isStatementName,
  isStatementValue,
  type StatementPrivacy,
  statementPrivacyOf,
} from './statement-privacy.ts';
import { UrlPrivacy } from './url-privacy.ts';

const URLS = new Set(['url.full', 'http.url', 'http.target']);
const ADDRESSES = new Set([
  'client.address',
  'network.peer.address',
  'net.peer.ip',
  'net.sock.peer.addr',
  'http.client_ip',
]);
/** Who is told with one of these is known to the statistics by a pseudonym, and to nobody by name. */
const PEOPLE = new Set(['enduser.id', 'user.id', 'user.name', 'user.full_name', 'user.email']);
const ERROR_TEXTS = new Set(['exception.message', 'error.message']);
const URL_IN_NAME = /(?<=^|\s)(?:[a-z][a-z0-9+.-]*:\/)?\/\S*/gi;
const STACK = 'exception.stacktrace';

/** Makes copies of ended spans, without what is private, for those who export. */
export class SpanPrivacy {
  readonly #privacy: Privacy;
  readonly #urls: UrlPrivacy;
  readonly #headers: HeaderPrivacy;
  readonly #requests: RequestPrivacy;

  constructor(privacy: Privacy) {
    this.#privacy = privacy;
    this.#urls = new UrlPrivacy(privacy);
    this.#headers = new HeaderPrivacy(privacy);
    this.#requests = new RequestPrivacy(privacy);
  }

  redacted(span: ReadableSpan): ReadableSpan {
    const own = span instanceof ServerSpan ? span : undefined;
    const untouched = own?.untouched && this.#requests.attributesOf(own.untouched);
    const hasDetails = own?.hasDetails !== false;
    const statements = untouched === undefined ? statementPrivacyOf(span.attributes) : undefined;
    return new RedactedSpan(span, {
      name: this.#nameOf(span, statements),
      context: sampled(this.#contextOf(span.spanContext())),
      status: this.#statusOf(span.status),
      attributes: untouched ?? this.#keptOf(span.attributes, span, statements),
      events: hasDetails ? span.events.map((event) => this.#eventOf(event, span, statements)) : [],
      links: hasDetails ? span.links.map((link) => this.#linkOf(link, span, statements)) : [],
      droppedAttributesCount: untouched === undefined ? span.droppedAttributesCount : 0,
    });
  }

  /** Names of calls may begin with what was called: a statement without blanks, a URL. */
  #nameOf(span: ReadableSpan, statements: StatementPrivacy | undefined): string {
    const { name, kind } = span;
    if (kind === SpanKind.SERVER) return name;
    if (statements !== undefined) return statements.name(name);
    if (kind !== SpanKind.CLIENT || !name.includes('/')) return name;
    return name.replace(URL_IN_NAME, (url) => this.#urls.url(url, span));
  }

  /** @param attributes of the span, or of an event or a link of it */
  #keptOf(attributes: Attributes, span: ReadableSpan, statements: StatementPrivacy | undefined): Attributes {
    const kept: Attributes = {};
    for (const [name, value] of Object.entries(attributes)) {
      if (value === undefined) continue;
      const left = name.startsWith('db.')
        ? ofCall(name, value, statements)
        : this.#kept(name, value, span, attributes);
      if (left !== undefined) kept[name] = left;
    }
    return kept;
  }

  /** @returns undefined to leave the attribute out, as is what should be a text and is none */
  #kept(
    name: string,
    value: AttributeValue,
    span: ReadableSpan,
    beside: Attributes,
  ): AttributeValue | undefined {
    const text = typeof value === 'string' ? value : undefined;
    const isIncoming = span.kind === SpanKind.SERVER;
    if (PEOPLE.has(name) || this.#headers.drops(name, isIncoming)) return undefined;
    if (name === 'url.query') return this.#privacy.query === 'drop' ? undefined : value;
    if (name === 'url.path') return text && this.#urls.path(text, span);
    if (URLS.has(name)) return text && this.#urls.url(text, span);
    // On other kinds of span the peer is a server, not a person.
    if (isIncoming && ADDRESSES.has(name))
      return this.#privacy.clientAddress === 'full' ? value : text && truncateAddress(text);
    return this.#withoutErrorText(name, value, beside);
  }

  #withoutErrorText(name: string, value: AttributeValue, beside: Attributes): AttributeValue | undefined {
    if (this.#privacy.errorText === 'keep') return value;
    if (name === STACK) return framesOf(value, beside['exception.message']);
    return ERROR_TEXTS.has(name) ? undefined : value;
  }

  #eventOf(event: TimedEvent, span: ReadableSpan, statements: StatementPrivacy | undefined): TimedEvent {
    if (event.attributes === undefined) return event;
    return { ...event, attributes: this.#keptOf(event.attributes, span, statements) };
  }

  #statusOf(status: SpanStatus): SpanStatus {
    return this.#privacy.errorText === 'keep' ? status : { code: status.code };
  }

  #linkOf(link: Link, span: ReadableSpan, statements: StatementPrivacy | undefined): Link {
    const context = this.#contextOf(link.context);
    if (link.attributes === undefined) return { ...link, context };
    return { ...link, context, attributes: this.#keptOf(link.attributes, span, statements) };
  }

  /** The trace state is a header that whoever sends a request fills as they like. */
  #contextOf(context: SpanContext): SpanContext {
    if (context.traceState === undefined || this.#headers.keeps('tracestate')) return context;
    const { traceState: _, ...rest } = context;
    return rest;
  }
}

/** @returns undefined to leave the attribute out */
function ofCall(
  name: string,
  value: AttributeValue,
  statements: StatementPrivacy | undefined,
): AttributeValue | undefined {
  if (isStatementValue(name)) return undefined;
  if (isStatement(name)) return typeof value === 'string' ? statements?.statement(value) : undefined;
  if (!isStatementName(name)) return value;
  return typeof value === 'string' ? statements?.name(value) : undefined;
}

/** What is exported is sampled, whatever the sampler has said: exporters and backends skip it otherwise. */
function sampled(context: SpanContext): SpanContext {
  if ((context.traceFlags & TraceFlags.SAMPLED) !== 0) return context;
  return { ...context, traceFlags: context.traceFlags | TraceFlags.SAMPLED };
}
