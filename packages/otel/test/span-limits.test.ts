import { describe, expect, it } from '@jest/globals';
import type { Environment } from '../src/environment.ts';
import { type SpanLimits, spanLimitsFrom } from '../src/span-limits.ts';

const DEFAULTS: SpanLimits = {
  attributeCountLimit: 128,
  attributeValueLengthLimit: Number.POSITIVE_INFINITY,
  eventCountLimit: 128,
  linkCountLimit: 128,
  attributePerEventCountLimit: 128,
  attributePerLinkCountLimit: 128,
};

function limitsOf(environment: Environment): [SpanLimits, string[]] {
  const warnings: string[] = [];
  return [spanLimitsFrom(environment, (message) => warnings.push(message)), warnings];
}

describe('what a span may hold', () => {
  it.each<[Environment, Partial<SpanLimits>]>([
    [{}, {}],
    [{ OTEL_ATTRIBUTE_COUNT_LIMIT: '7' }, { attributeCountLimit: 7 }],
    [{ OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: '5', OTEL_ATTRIBUTE_COUNT_LIMIT: '7' }, { attributeCountLimit: 5 }],
    [{ OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: '0', OTEL_ATTRIBUTE_COUNT_LIMIT: '7' }, { attributeCountLimit: 0 }],
    [{ OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '10' }, { attributeValueLengthLimit: 10 }],
    [
      { OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: '20', OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '10' },
      { attributeValueLengthLimit: 20 },
    ],
    [{ OTEL_SPAN_EVENT_COUNT_LIMIT: '0' }, { eventCountLimit: 0 }],
    [{ OTEL_SPAN_LINK_COUNT_LIMIT: '1' }, { linkCountLimit: 1 }],
    [{ OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT: '2' }, { attributePerEventCountLimit: 2 }],
    [{ OTEL_LINK_ATTRIBUTE_COUNT_LIMIT: ' 3 ' }, { attributePerLinkCountLimit: 3 }],
    [{ OTEL_SPAN_EVENT_COUNT_LIMIT: '' }, {}],
  ])('by %j', (environment, limits) => {
    expect(limitsOf(environment)).toEqual([{ ...DEFAULTS, ...limits }, []]);
  });

  it('has no length where that is 0, as the SDK takes it', () => {
    expect(limitsOf({ OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '0' })[0]).toEqual(DEFAULTS);
  });

  it('is the default where a variable is none, which is warned of', () => {
    const [limits, warnings] = limitsOf({
      OTEL_SPAN_LINK_COUNT_LIMIT: 'many',
      OTEL_ATTRIBUTE_COUNT_LIMIT: '-1',
    });
    expect(limits).toEqual(DEFAULTS);
    expect(warnings.map((warning) => warning.split(';')[0])).toEqual([
      'OTEL_ATTRIBUTE_COUNT_LIMIT is "-1"',
      'OTEL_SPAN_LINK_COUNT_LIMIT is "many"',
    ]);
  });
});
