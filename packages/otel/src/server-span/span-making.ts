import type { InstrumentationScope } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import type { Sampler, SpanProcessor } from '@opentelemetry/sdk-trace';
import type { SpanLimits } from '../span-limits.ts';

/** What all spans of a process have in common. */
export interface SpanMaking {
  readonly scope: InstrumentationScope;
  readonly limits: SpanLimits;
  /** Undefined for that of OpenTelemetry's default, `parentbased_always_on`. */
  readonly sampler: Sampler | undefined;
  /** Made when it is asked for. */
  readonly resource: () => Resource;
  /** Told of every span's start and end; undefined where nobody wants to know. */
  readonly processor: SpanProcessor | undefined;
}
