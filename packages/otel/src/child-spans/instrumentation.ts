import type { MeterProvider, TracerProvider } from '@opentelemetry/api';

/** As much of an OpenTelemetry instrumentation, of whatever version, as is needed. */
export interface Instrumentation {
  readonly instrumentationName: string;
  getConfig(): { readonly enabled?: boolean | undefined };
  setTracerProvider(provider: TracerProvider): void;
  setMeterProvider(provider: MeterProvider): void;
  enable(): void;
  disable(): void;
  /** What it patches; the first versions have none. */
  getModuleDefinitions?(): readonly PatchedModule[];
}

/** A package, or a module of Node's, that an instrumentation patches when it is loaded. */
export interface PatchedModule {
  readonly name: string;
  /** Named with the package's name: `mysql2/lib/connection.js`. */
  readonly files?: readonly { readonly name: string }[];
}
