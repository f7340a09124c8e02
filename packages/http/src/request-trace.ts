import type { ServerResponse } from 'node:http';

/** The trace of one request. Nothing of it may throw. */
export interface RequestTrace {
  /** What is active while the request is handled. */
  readonly context: object;
  /** Lower-case hex, 32 digits. */
  readonly traceId: string;
  /** Who is asking, by name, as far as the application has told the trace. */
  readonly user: string | undefined;
  /** The listener of the server threw, or the response told of an error. */
  failed(error: unknown): void;
  /** The exchange is over. */
  ended(response: ServerResponse): void;
}
