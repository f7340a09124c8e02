/** Why a try to export came to nothing. */
export interface Failure {
  /** What is `refused` would be again, so it is not tried again. */
  readonly why: 'refused' | 'timedOut' | 'failed';
  /** For people: what the backend answered, or what the connection met. */
  readonly text: string;
  /** The backend wants to be left alone for this long. */
  readonly retryAfterMs?: number | undefined;
}

export const TIMED_OUT: Failure = { why: 'timedOut', text: 'no answer in time' };

const TRY_LATER = new Set([429, 502, 503, 504]);

/** What an HTTP status above 299 says, by OTLP's rules. */
export function failureOfStatus(status: number, retryAfterMs?: number): Failure {
  const text = `HTTP status ${status}`;
  return TRY_LATER.has(status) ? { why: 'failed', text, retryAfterMs } : { why: 'refused', text };
}

/** CANCELLED, DEADLINE_EXCEEDED, ABORTED, OUT_OF_RANGE, UNAVAILABLE and DATA_LOSS, by OTLP's rules. */
const GRPC_TRY_LATER = new Set([1, 4, 10, 11, 14, 15]);
const GRPC_DEADLINE_EXCEEDED = 4;
const GRPC_RESOURCE_EXHAUSTED = 8;

/** What an exporter reports: a status of gRPC, or whatever else it has met. */
export function failureOfError(error: unknown): Failure {
  const { code, details } = (error ?? {}) as { code?: unknown; details?: unknown };
  const text = textOfError(error);
  if (typeof code !== 'number' || typeof details !== 'string') return { why: 'failed', text };
  if (code === GRPC_DEADLINE_EXCEEDED) return TIMED_OUT;
  const comesBack = code === GRPC_RESOURCE_EXHAUSTED ? saysWhenToRetry(error) : GRPC_TRY_LATER.has(code);
  return { why: comesBack ? 'failed' : 'refused', text };
}

/** RESOURCE_EXHAUSTED is for good unless the backend's status has a `RetryInfo` in it. */
function saysWhenToRetry(error: unknown): boolean {
  const { metadata } = error as { metadata?: { get?(key: string): unknown[] } };
  const details = metadata?.get?.('grpc-status-details-bin') ?? [];
  return details.some((bytes) => Buffer.isBuffer(bytes) && bytes.includes('google.rpc.RetryInfo'));
}

/** The first line of an error's message; a failed connection may have its reasons in `code` only. */
export function textOfError(error: unknown): string {
  const { message, code } = (error ?? {}) as { message?: unknown; code?: unknown };
  const text = typeof message === 'string' && message !== '' ? message : String(code ?? 'no reason given');
  return (text.split('\n', 1)[0] as string).slice(0, 200);
}
