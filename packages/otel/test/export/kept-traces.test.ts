import { describe, expect, it } from '@jest/globals';
import { ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api';
import { type ReadableSpan, TracerProvider } from '@opentelemetry/sdk-trace';
import fc from 'fast-check';
import { HELD_SPANS_LIMITS, type HeldSpansLimits } from '../../src/export/held-spans.ts';
import { TailSpanProcessor } from '../../src/export/tail-span-processor.ts';
import { samplerFrom } from '../../src/sampler.ts';
import { OUTCOME } from '../../src/span-outcome.ts';

const START_MS = 1_750_000_000_000;

const REFUSED = 'refused by what is behind';

/** The processor behind a provider of the SDK's that turns down what has no sampled parent. */
class Traced {
  readonly exported: string[] = [];
  readonly warnings: string[] = [];
  readonly tail: TailSpanProcessor;
  readonly #provider: TracerProvider;

  constructor(limits?: Partial<HeldSpansLimits>) {
    this.tail = new TailSpanProcessor(
      {
        onStart: () => {},
        onEnd: ({ name }: ReadableSpan) => {
          if (name === REFUSED) throw new Error('refused');
          this.exported.push(name);
        },
        forceFlush: async () => {},
        shutdown: async () => {},
      },
      { info: () => {}, warn: () => {}, warnRarely: (_kind, text) => this.warnings.push(text) },
      { ...HELD_SPANS_LIMITS, ...limits },
    );
    const sampler = samplerFrom({ OTEL_TRACES_SAMPLER: 'parentbased_always_off' }, () => {});
    this.#provider = new TracerProvider({ sampler, spanProcessors: [this.tail] });
  }

  /** The span of a request whose client has, or has not, sampled its trace. */
  request(name: string, isSampled = false): Span {
    const client = {
      traceId: 'a'.repeat(32),
      spanId: 'b'.repeat(16),
      traceFlags: isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
      isRemote: true,
    };
    return this.start(name, trace.wrapSpanContext(client), SpanKind.SERVER);
  }

  start(name: string, parent: Span | undefined, kind = SpanKind.CLIENT): Span {
    const context = parent === undefined ? ROOT_CONTEXT : trace.setSpan(ROOT_CONTEXT, parent);
    return this.#provider.getTracer('test').startSpan(name, { kind, startTime: START_MS }, context);
  }
}

const ENDS = ['well', 'slow', 'failed', 'broken off', 'streamed'] as const;

function end(span: Span & { [OUTCOME]?: unknown }, how: (typeof ENDS)[number]): void {
  if (how === 'failed') span.setStatus({ code: SpanStatusCode.ERROR });
  if (how === 'broken off') span[OUTCOME] = 'aborted';
  if (how === 'streamed') span[OUTCOME] = 'streamed';
  span.end(START_MS + (how === 'slow' || how === 'streamed' ? 2001 : 2000));
}

const isKept = (how: (typeof ENDS)[number]): boolean => how !== 'well' && how !== 'streamed';

interface Below {
  readonly name: string;
  readonly span: Span;
  isEnded: boolean;
}

interface Request {
  readonly name: string;
  readonly span: Span;
  readonly isSampled: boolean;
  readonly below: Below[];
  how: (typeof ENDS)[number] | undefined;
}

/** What happens next, and to which of the requests and of the spans below it. */
const STEPS = fc.array(
  fc.record({
    what: fc.constantFrom('request', 'below', 'below', 'below', 'end below', 'end below', 'end'),
    which: fc.nat(),
    other: fc.nat(),
    isSampled: fc.boolean(),
    how: fc.constantFrom(...ENDS),
    kind: fc.constantFrom(SpanKind.CLIENT, SpanKind.INTERNAL, SpanKind.SERVER),
  }),
  { maxLength: 120 },
);

function expectedOf({ name, isSampled, below, how }: Request): string[] {
  if (!isSampled && (how === undefined || !isKept(how))) return [];
  const ended = below.filter(({ isEnded }) => isEnded).map((each) => each.name);
  return how === undefined ? ended : [name, ...ended];
}

describe('of what a sampler has turned down', () => {
  it('requests that were slow, failed or broken off are exported with all below them, once, and no others', () => {
    fc.assert(
      fc.property(STEPS, (steps) => {
        const traced = new Traced();
        const requests: Request[] = [];
        let number = 0;
        for (const { what, which, other, isSampled, how, kind } of steps) {
          const name = `${what} ${++number}`;
          const request = requests[which % requests.length];
          const below = request?.below[other % request.below.length];
          if (what === 'request') {
            const span = traced.request(name, isSampled);
            requests.push({ name, span, isSampled, below: [], how: undefined });
          } else if (what === 'below' && request !== undefined) {
            const parents = [request.span, ...request.below.map(({ span }) => span)];
            const span = traced.start(name, parents[other % parents.length], kind);
            request.below.push({ name, span, isEnded: false });
          } else if (what === 'end below' && below?.isEnded === false) {
            below.isEnded = true;
            below.span.end();
          } else if (what === 'end' && request !== undefined && request.how === undefined) {
            request.how = how;
            end(request.span, how);
          }
        }
        expect(traced.exported.sort()).toEqual(requests.flatMap(expectedOf).sort());
        expect(traced.tail.letGo).toBe(0);
        expect(traced.warnings).toEqual([]);
      }),
    );
  });

  it('one that cannot be exported is told, and leaves those beside it as they are', () => {
    const traced = new Traced();
    const request = traced.request('request');
    traced.start('below', request).end();
    traced.start(REFUSED, request).end();
    end(request, 'failed');
    expect(traced.exported).toEqual(['below', 'request']);
    expect(traced.warnings).toEqual([expect.stringContaining('could not be exported')]);
  });

  it('spans without a request, and those below them, are not exported', () => {
    const traced = new Traced();
    const root = traced.start('root', undefined, SpanKind.INTERNAL);
    traced.start('below', root).end();
    root.setStatus({ code: SpanStatusCode.ERROR });
    root.end();
    expect(traced.exported).toEqual([]);
  });
});

describe('where there is no room to hold spans', () => {
  it('a request has the first so many of them, and the rest are counted and told', () => {
    const traced = new Traced({ spansPerRequest: 3 });
    const request = traced.request('request');
    const late = traced.start('late', request);
    for (let n = 1; n <= 5; n++) traced.start(`below ${n}`, request).end();
    end(request, 'failed');
    late.end();
    expect(traced.exported).toEqual(['below 1', 'below 2', 'below 3', 'request']);
    expect(traced.tail.letGo).toBe(3);
    expect(traced.warnings).toEqual([expect.stringContaining('without 2 of its spans')]);
  });

  it('newcomers are turned away, not those of requests that have been in flight for long', () => {
    const traced = new Traced({ bytes: 6_000 });
    const first = traced.request('first');
    const second = traced.request('second');
    for (let n = 1; n <= 4; n++) traced.start(`below ${n}`, first).end();
    traced.start('too much', second).end();
    end(first, 'slow');
    expect(traced.exported).toEqual(['below 1', 'below 2', 'below 3', 'below 4', 'first']);
    traced.start('again', second).end();
    end(second, 'slow');
    expect(traced.exported.slice(5)).toEqual(['again', 'second']);
    expect(traced.tail.letGo).toBe(1);
  });

  it('long texts take the more of it', () => {
    const traced = new Traced({ bytes: 100_000 });
    const request = traced.request('request');
    traced.start('long', request).setAttribute('db.query.text', 'x'.repeat(50_000)).end();
    end(request, 'failed');
    expect(traced.exported).toEqual(['request']);
  });

  it('spans of requests that do not end are let go when they are old, and counted', async () => {
    const traced = new Traced({ bytes: 6_000, milliseconds: 1 });
    const never = traced.request('never');
    for (let n = 1; n <= 4; n++) traced.start(`below ${n}`, never).end();
    await new Promise((settle) => setTimeout(settle, 5));
    const request = traced.request('request');
    traced.start('below', request).end();
    end(request, 'failed');
    expect(traced.exported).toEqual(['below', 'request']);
    expect(traced.tail.letGo).toBe(4);
  });

  it('spans that come long after their request are counted, and not exported', async () => {
    const traced = new Traced({ milliseconds: 1 });
    const request = traced.request('request');
    const late = traced.start('late', request);
    end(request, 'failed');
    await new Promise((settle) => setTimeout(settle, 5));
    late.end();
    expect(traced.exported).toEqual(['request']);
    expect(traced.tail.letGo).toBe(1);
  });
});
