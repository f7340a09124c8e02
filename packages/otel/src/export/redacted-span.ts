import type { Attributes, HrTime, Link, SpanContext, SpanKind, SpanStatus } from '@opentelemetry/api';
import type { InstrumentationScope } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import type { ReadableSpan, TimedEvent } from '@opentelemetry/sdk-trace';

/** What is left of a span where something was private. */
export interface PublicParts {
  readonly name: string;
  readonly context: SpanContext;
  readonly status: SpanStatus;
  readonly attributes: Attributes;
  readonly events: TimedEvent[];
  readonly links: Link[];
  readonly droppedAttributesCount: number;
}

/** A copy of an ended span, without what is private. A class, since as many are made as there are requests. */
export class RedactedSpan implements ReadableSpan {
  readonly name: string;
  readonly kind: SpanKind;
  /** Undefined where there is none, which the SDK's type leaves no room for in a class. */
  readonly parentSpanContext: SpanContext;
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly duration: HrTime;
  readonly ended: boolean;
  readonly status: SpanStatus;
  readonly attributes: Attributes;
  readonly events: TimedEvent[];
  readonly links: Link[];
  readonly resource: Resource;
  readonly instrumentationScope: InstrumentationScope;
  readonly droppedAttributesCount: number;
  readonly droppedEventsCount: number;
  readonly droppedLinksCount: number;
  readonly #context: SpanContext;

  constructor(span: ReadableSpan, parts: PublicParts) {
    this.name = parts.name;
    this.kind = span.kind;
    this.parentSpanContext = span.parentSpanContext as SpanContext;
    this.startTime = span.startTime;
    this.endTime = span.endTime;
    this.duration = span.duration;
    this.ended = span.ended;
    this.status = parts.status;
    this.attributes = parts.attributes;
    this.events = parts.events;
    this.links = parts.links;
    this.resource = span.resource;
    this.instrumentationScope = span.instrumentationScope;
    this.droppedAttributesCount = parts.droppedAttributesCount;
    this.droppedEventsCount = span.droppedEventsCount;
    this.droppedLinksCount = span.droppedLinksCount;
    this.#context = parts.context;
  }

  spanContext(): SpanContext {
    return this.#context;
  }
}
