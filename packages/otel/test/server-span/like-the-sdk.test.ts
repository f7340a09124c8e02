import { describe, expect, it } from '@jest/globals';
import { type Span, SpanKind } from '@opentelemetry/api';
import { hrTimeToMilliseconds } from '@opentelemetry/core';
import { type ReadableSpan, type SpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import fc from 'fast-check';
import { requestAttributes } from '../../src/server-span/request-attributes.ts';
import { ServerSpan } from '../../src/server-span/server-span.ts';
import type { SpanLimits } from '../../src/span-limits.ts';
import { makingOf, originOf } from './origins.ts';
import { make, spanCalls } from './span-calls.ts';

/** How far apart the times of two spans may be that were made one after the other. */
const APART_MS = 500;

const count = fc.oneof(fc.nat(12), fc.constant(128));
const spanLimits: fc.Arbitrary<SpanLimits> = fc.record({
  attributeCountLimit: count,
  attributeValueLengthLimit: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constant(Number.POSITIVE_INFINITY)),
  eventCountLimit: count,
  linkCountLimit: count,
  attributePerEventCountLimit: count,
  attributePerLinkCountLimit: count,
});

/** Hears of spans, and keeps what it hears. */
class Hearing implements SpanProcessor {
  readonly heard: string[] = [];

  onStart(span: Span): void {
    this.heard.push(`start ${span.isRecording()}`);
  }

  onEnding(span: Span): void {
    span.setAttribute('last', 'word');
    const { endTime } = span as Span & ReadableSpan;
    this.heard.push(`ending ${span.isRecording()} ${endTime[0] !== 0}`);
  }

  onEnd(span: ReadableSpan): void {
    this.heard.push(`end ${span.ended}`);
  }

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}
}

/** All of a span that does not hang on when it was made and with which ids. */
function shown(span: ReadableSpan): unknown {
  const { kind, name, status, ended, droppedAttributesCount, droppedEventsCount, droppedLinksCount } = span;
  return {
    ...{ droppedAttributesCount, droppedEventsCount, droppedLinksCount, kind, name, status, ended },
    // In their order as well, which the limits are held in.
    attributes: Object.entries(span.attributes),
    events: span.events.map(({ time: _time, ...event }) => event),
    links: span.links,
    isInstant: hrTimeToMilliseconds(span.duration) === 0,
    instrumentationScope: span.instrumentationScope.name,
    parent: span.parentSpanContext,
  };
}

function timesOf({ startTime, endTime, duration, events }: ReadableSpan): number[] {
  return [startTime, endTime, duration, ...events.map(({ time }) => time)].map(hrTimeToMilliseconds);
}

describe('a server span', () => {
  it('is what a span of the SDK is, after any calls within any limits', () => {
    fc.assert(
      fc.property(spanCalls, spanLimits, (calls, limits) => {
        const [hearing, hearingTheirs] = [new Hearing(), new Hearing()];
        const provider = new TracerProvider({ spanLimits: limits, spanProcessors: [hearingTheirs] });
        const origin = originOf();
        const theirs = provider.getTracer('test').startSpan('GET', {
          kind: SpanKind.SERVER,
          attributes: requestAttributes(origin),
        }) as Span & ReadableSpan;
        const ours = new ServerSpan(origin, makingOf({ limits, processor: hearing }));
        expect(calls.map((call) => make(call, ours))).toEqual(calls.map((call) => make(call, theirs)));

        expect(shown(ours)).toEqual(shown(theirs));
        expect(ours.isRecording()).toBe(theirs.isRecording());
        expect(hearing.heard).toEqual(hearingTheirs.heard);
        const times = timesOf(theirs);
        for (const [index, timeMs] of timesOf(ours).entries())
          expect(Math.abs(timeMs - times[index]!)).toBeLessThan(APART_MS);
      }),
      { numRuns: 500 },
    );
  });
});
