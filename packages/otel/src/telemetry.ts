import type { IncomingMessage } from 'node:http';
import type { ExportStatus, RequestRecord } from '@tacho/core';
import type { Exchange, Tracing } from '@tacho/http';
import type { Instrumentation } from './child-spans/instrumentation.ts';
import type { Environment } from './environment.ts';
import type { Privacy } from './export/privacy.ts';
import type { TelemetryNotices } from './notices.ts';

export interface TelemetryOptions {
  /** Undefined leaves the name to `OTEL_RESOURCE_ATTRIBUTES` and the SDK's default. */
  readonly serviceName: string | undefined;
  /** Undefined leaves it to `OTEL_RESOURCE_ATTRIBUTES`. */
  readonly serviceVersion?: string | undefined;
  readonly environment: Environment;
  readonly privacy: Privacy;
  readonly diskPath: string;
  /** What makes spans below those of requests, where spans are exported. */
  readonly instrumentations: 'auto' | readonly Instrumentation[];
  /** Where the application looks for packages. */
  readonly packageFolders: () => readonly string[];
  readonly notices: TelemetryNotices;
  /** Takes the record of each request. The record may be filled anew for the next. */
  readonly record: (record: RequestRecord) => void;
  /** Turns a user's name into a pseudonym. Must not throw. */
  readonly pseudonymOf: (user: string) => string;
  /** Called for server spans that belong to no HTTP request, such as those of RPC or queue libraries. */
  readonly otherSpan: () => void;
}

/** OpenTelemetry's part in a running instance. */
export interface Telemetry {
  /**
   * Called once, when the application's first server serves: by then an application with an SDK of its own has
   * registered that, which is in force then. Else the API's globals are taken here, and not before.
   *
   * @returns undefined where the HTTP layer's hooks have nothing to do with spans
   */
  attach(): Tracing | undefined;
  /** An exchange is over: makes the record of it. */
  readonly exchangeEnded: (exchange: Exchange, request: IncomingMessage) => void;
  /** What became of what was to be exported; undefined where nothing is. */
  exportStatus(): ExportStatus | undefined;
  /** Sends what is queued. Rejects, or takes long, where the backend does. */
  forceFlush(): Promise<void>;
  /** Sends what is queued, for the last time, and undoes what was patched. Rejects, or takes long, likewise. */
  shutdown(): Promise<void>;
}
