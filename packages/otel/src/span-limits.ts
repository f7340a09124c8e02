import { type Environment, wholeNumberOf } from './environment.ts';

/** How much a span may hold, by OpenTelemetry's specification of span limits. */
export interface SpanLimits {
  readonly attributeCountLimit: number;
  /** Characters; longer texts are cut. */
  readonly attributeValueLengthLimit: number;
  readonly eventCountLimit: number;
  readonly linkCountLimit: number;
  readonly attributePerEventCountLimit: number;
  readonly attributePerLinkCountLimit: number;
}

const DEFAULT_COUNT = 128;

/** As the standard variables say; the variables for spans go before those for all attributes. */
export function spanLimitsFrom(environment: Environment, warn: (message: string) => void): SpanLimits {
  const number = (name: string): number | undefined => wholeNumberOf(environment, name, warn);
  return {
    attributeCountLimit:
      number('OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT') ?? number('OTEL_ATTRIBUTE_COUNT_LIMIT') ?? DEFAULT_COUNT,
    attributeValueLengthLimit:
      (number('OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT') ?? number('OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT')) ||
      Number.POSITIVE_INFINITY,
    eventCountLimit: number('OTEL_SPAN_EVENT_COUNT_LIMIT') ?? DEFAULT_COUNT,
    linkCountLimit: number('OTEL_SPAN_LINK_COUNT_LIMIT') ?? DEFAULT_COUNT,
    attributePerEventCountLimit: number('OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT') ?? DEFAULT_COUNT,
    attributePerLinkCountLimit: number('OTEL_LINK_ATTRIBUTE_COUNT_LIMIT') ?? DEFAULT_COUNT,
  };
}
