import {
  type Attributes,
  type AttributeValue,
  type Context,
  diag,
  type Exception,
  type HrTime,
  INVALID_SPAN_CONTEXT,
  type Link,
  type Span,
  type SpanContext,
  SpanKind,
  type SpanStatus,
  SpanStatusCode,
  type TimeInput,
} from '@opentelemetry/api';
import { hrTimeDuration, type InstrumentationScope, isTimeInput } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import type { ReadableSpan, TimedEvent } from '@opentelemetry/sdk-trace';
import { ATTR_ERROR_TYPE } from '@opentelemetry/semantic-conventions';
import type { Outcome } from '@tacho/core';
import type { Exchange } from '@tacho/http';
import { harmlessly } from '../harmlessly.ts';
import { COUNTED_ROUTE, LEFT_OUT, OUTCOME } from '../span-outcome.ts';
import { exceptionAttributes, nameOf } from './exception.ts';
import type { RequestFacts } from './request-facts.ts';
import { SpanAttributes, type UntouchedAttributes } from './span-attributes.ts';
import { newSpanContext, parentIn } from './span-context.ts';
import { SpanDetails } from './span-details.ts';
import type { SpanMaking } from './span-making.ts';
import { SpanTimes } from './span-times.ts';

/** `enduser.id` of the semantic conventions' registry: set by applications on the active span. */
const ATTR_ENDUSER_ID = 'enduser.id';

/** What a span is of. */
export interface SpanOrigin extends RequestFacts {
  readonly exchange: Exchange;
  /** Whether it was left out after it had begun. */
  readonly isLeftOut: boolean;
  /** What the client has sent along in its headers. */
  readonly sentAlong: Context;
}

/**
 * The span of a request: all that the API's `Span` and the SDK's `ReadableSpan` promise, to any processor and
 * exporter. Its ids, its attributes and its times are made when they are first read or changed.
 */
export class ServerSpan implements Span, ReadableSpan {
  readonly kind = SpanKind.SERVER;
  name: string;
  readonly #origin: SpanOrigin;
  readonly #making: SpanMaking;
  readonly #attributes: SpanAttributes;
  #spanContext: SpanContext | undefined;
  #times: SpanTimes | undefined;
  #details: SpanDetails | undefined;
  #status: SpanStatus = UNSET;
  #endTime: HrTime | undefined;
  #isEnded = false;
  #user: string | undefined;

  constructor(origin: SpanOrigin, making: SpanMaking) {
    this.#origin = origin;
    this.#making = making;
    this.#attributes = new SpanAttributes(origin, making.limits);
    this.name = origin.method;
    harmlessly(() => making.processor?.onStart(this, origin.sentAlong));
  }

  // ReadableSpan

  spanContext(): SpanContext {
    this.#spanContext ??= this.#newContext();
    return this.#spanContext;
  }

  /** Undefined where there is none, which the SDK's type leaves no room for in a getter. */
  get parentSpanContext(): SpanContext {
    return parentIn(this.#origin.sentAlong) as SpanContext;
  }

  get attributes(): Attributes {
    return this.#attributes.all;
  }

  get startTime(): HrTime {
    return this.#clock().startTime;
  }

  get endTime(): HrTime {
    return this.#endTime ?? [0, 0];
  }

  get duration(): HrTime {
    return this.#endTime === undefined ? [-1, -1] : hrTimeDuration(this.startTime, this.#endTime);
  }

  get ended(): boolean {
    return this.#isEnded;
  }

  get status(): SpanStatus {
    return this.#status;
  }

  get events(): TimedEvent[] {
    return this.#detail().events;
  }

  get links(): Link[] {
    return this.#detail().links;
  }

  get droppedAttributesCount(): number {
    return this.#attributes.dropped;
  }

  get droppedEventsCount(): number {
    return this.#details?.droppedEvents ?? 0;
  }

  get droppedLinksCount(): number {
    return this.#details?.droppedLinks ?? 0;
  }

  get resource(): Resource {
    return this.#making.resource();
  }

  get instrumentationScope(): InstrumentationScope {
    return this.#making.scope;
  }

  // Span

  setAttribute(key: string, value: AttributeValue): this {
    return this.#change(() => {
      if (key === ATTR_ENDUSER_ID && value !== undefined)
        this.#user = typeof value === 'string' && value !== '' ? value : undefined;
      this.#attributes.set(key, value);
    });
  }

  setAttributes(attributes: Attributes): this {
    // Callers without types may give none.
    for (const [key, value] of Object.entries(attributes ?? {})) {
      if (value !== undefined) this.setAttribute(key, value);
    }
    return this;
  }

  addEvent(name: string, attributesOrTime?: Attributes | TimeInput, time?: TimeInput): this {
    return this.#change(() => {
      const isTime = isTimeInput(attributesOrTime);
      const at = this.#clock().at(isTime && !isTimeInput(time) ? attributesOrTime : time);
      this.#detail().addEvent(name, at, isTime ? undefined : (attributesOrTime as Attributes | undefined));
    });
  }

  addLink(link: Link): this {
    return this.#change(() => this.#detail().addLink(link));
  }

  addLinks(links: Link[]): this {
    for (const link of links) this.addLink(link);
    return this;
  }

  /** What was set to OK stays OK. */
  setStatus({ code, message }: SpanStatus): this {
    return this.#change(() => {
      if (code === SpanStatusCode.UNSET || this.#status.code === SpanStatusCode.OK) return;
      const hasMessage = code === SpanStatusCode.ERROR && typeof message === 'string';
      this.#status = hasMessage ? { code, message } : { code };
    });
  }

  updateName(name: string): this {
    return this.#change(() => {
      this.name = name;
    });
  }

  recordException(exception: Exception, time?: TimeInput): void {
    const attributes = exceptionAttributes(exception);
    if (attributes !== undefined) this.addEvent('exception', attributes, time);
  }

  isRecording(): boolean {
    return !this.#isEnded;
  }

  end(endTime?: TimeInput): void {
    this.#change(() => {
      const end = this.#clock().at(endTime);
      this.#close(hrTimeDuration(this.startTime, end)[0] < 0 ? this.startTime : end);
    });
  }

  /** What the attributes are yet to be made from; undefined where that is not all there is to them. */
  get untouched(): UntouchedAttributes | undefined {
    return this.#attributes.untouched;
  }

  /** Whether there is an event or a link. */
  get hasDetails(): boolean {
    return this.#details !== undefined;
  }

  /** How the request has ended; undefined before that. */
  get [OUTCOME](): Outcome | undefined {
    return this.#origin.exchange.outcome;
  }

  /** The route that the request was counted under; undefined before that. */
  get [COUNTED_ROUTE](): string | undefined {
    const { outcome, route } = this.#origin.exchange;
    return outcome === undefined ? undefined : route;
  }

  get [LEFT_OUT](): boolean {
    return this.#origin.isLeftOut;
  }

  // What the instrumentation tells

  /** The user's name, as far as the application has set `enduser.id`. */
  get user(): string | undefined {
    return this.#user;
  }

  /** The server's listener threw, or the response told of an error: that ends it. */
  fail(error: unknown): void {
    if (this.ended) return;
    const message = (error as { message?: unknown } | null | undefined)?.message;
    this.setAttribute(ATTR_ERROR_TYPE, nameOf(error));
    this.setStatus({
      code: SpanStatusCode.ERROR,
      ...(typeof message === 'string' ? { message } : {}),
    });
    this.recordException(error as Exception);
    this.end();
  }

  /** The response has closed. @param route the router's template; undefined without a router */
  endOfResponse(statusCode: number, route: string | undefined): void {
    if (this.ended) return;
    this.#attributes.respond(statusCode, route);
    if (!(statusCode >= 100 && statusCode < 500)) this.setStatus({ code: SpanStatusCode.ERROR });
    if (route) this.updateName(`${this.#origin.method} ${route}`);
    const { outcome, durationMs } = this.#origin.exchange;
    if (outcome === undefined) this.end();
    else this.#close(this.#clock().after(durationMs));
  }

  #close(endTime: HrTime): void {
    const { processor } = this.#making;
    this.#endTime = endTime;
    harmlessly(() => processor?.onEnding?.(this));
    this.#isEnded = true;
    harmlessly(() => processor?.onEnd(this));
  }

  #newContext(): SpanContext {
    const { sentAlong } = this.#origin;
    try {
      return newSpanContext(this.parentSpanContext, this.#making.sampler, sentAlong, this.name);
    } catch {
      return INVALID_SPAN_CONTEXT;
    }
  }

  #clock(): SpanTimes {
    this.#times ??= new SpanTimes(this.#origin.exchange);
    return this.#times;
  }

  #detail(): SpanDetails {
    this.#details ??= new SpanDetails(this.#making.limits);
    return this.#details;
  }

  /** Nothing can be changed once it has ended. Runs in the application's own call: nothing may come out of it. */
  #change(change: () => void): this {
    harmlessly(() => {
      if (this.ended) diag.warn(`The span of ${this.name} has ended and can't be changed.`);
      else change();
    });
    return this;
  }
}

const UNSET: SpanStatus = { code: SpanStatusCode.UNSET };
