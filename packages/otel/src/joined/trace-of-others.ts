import { type Context, createContextKey, ROOT_CONTEXT, type Span } from '@opentelemetry/api';
import type { RequestTrace } from '@tacho/http';
import { registeredApi } from './registered-api.ts';

/** The key of the API: any two copies have the same. */
const SPAN = createContextKey('OpenTelemetry Context Key SPAN');
/** `enduser.id` of the semantic conventions' registry: set by applications on the active span. */
const ATTR_ENDUSER_ID = 'enduser.id';

/** What a record needs of a span that is not ours: it holds texts, and never the span. */
class TraceOfOthers implements RequestTrace {
  readonly context: Context = ROOT_CONTEXT;
  readonly traceId: string;
  readonly user: string | undefined;

  constructor(span: Span & { readonly attributes?: Readonly<Record<string, unknown>> }) {
    this.traceId = span.spanContext().traceId;
    const user = span.attributes?.[ATTR_ENDUSER_ID];
    this.user = typeof user === 'string' && user !== '' ? user : undefined;
  }

  failed(): void {}

  ended(): void {}
}

/** The trace of the span that is active, of whatever SDK. Never throws. */
export function activeTraceOfOthers(): RequestTrace | undefined {
  try {
    const span = registeredApi()?.context?.active().getValue(SPAN) as Span | undefined;
    return span === undefined ? undefined : new TraceOfOthers(span);
  } catch {
    return undefined;
  }
}
