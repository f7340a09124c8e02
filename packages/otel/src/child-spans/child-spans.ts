import { createNoopMeter, type MeterProvider, trace } from '@opentelemetry/api';
import type { TelemetryNotices } from '../notices.ts';
import { type InstalledInstrumentation, installedInstrumentations } from './installed-instrumentations.ts';
import type { Instrumentation } from './instrumentation.ts';
import { requireAgain } from './loaded-modules.ts';

export interface ChildSpansOptions {
  /** The application's own, or `auto` for what it has installed. */
  readonly instrumentations: 'auto' | readonly Instrumentation[];
  /** Where the application looks for packages. */
  readonly folders: () => readonly string[];
  readonly notices: TelemetryNotices;
}

/** There is one of ours already, and each request would be traced twice. */
const ALREADY_THERE = '@opentelemetry/instrumentation-http';

/** They are wanted for spans: names of statements, and of hosts, come into no metric. */
const NO_METERS: MeterProvider = { getMeter: () => createNoopMeter() };

/** Those that a shutdown has disabled. */
const disabled = new WeakSet<Instrumentation>();

/**
 * Loads the instrumentations whose spans stand below those of requests.
 * @returns enables them, to be called when the API's globals are set: what they patch is patched where it is loaded
 * already too. Returns what disables them. One that fails is left out, and told
 */
export function childSpans({ instrumentations, folders, notices }: ChildSpansOptions): () => () => void {
  const failed = (name: string, error: unknown): void =>
    notices.warn(`${name} failed and is left out: ${String(error).slice(0, 200)}`);
  const wanted: readonly InstalledInstrumentation[] =
    instrumentations === 'auto'
      ? installedInstrumentations(folders(), failed)
      : instrumentations.map((one) => ({ name: one.instrumentationName, make: () => one }));
  return () => {
    const enabled = wanted.flatMap(({ name, make }) => {
      let instrumentation: Instrumentation | undefined;
      try {
        instrumentation = make();
        return enable(instrumentation, notices) ? instrumentation : [];
      } catch (error) {
        failed(name, error);
        // The application has enabled its own where it made them.
        if (instrumentation !== undefined) disable(instrumentation);
        return [];
      }
    });
    return () => {
      for (const instrumentation of enabled) disable(instrumentation);
    };
  };
}

function enable(instrumentation: Instrumentation, { warn }: TelemetryNotices): boolean {
  if (instrumentation.instrumentationName === ALREADY_THERE) {
    instrumentation.disable();
    warn(`${ALREADY_THERE} is left out of the option instrumentations: requests are traced without it`);
    return false;
  }
  instrumentation.setTracerProvider(trace.getTracerProvider());
  instrumentation.setMeterProvider(NO_METERS);
  if (instrumentation.getConfig().enabled === false || disabled.has(instrumentation)) {
    instrumentation.enable();
    disabled.delete(instrumentation);
  }
  requireAgain(instrumentation.getModuleDefinitions?.() ?? []);
  return true;
}

function disable(instrumentation: Instrumentation): void {
  try {
    instrumentation.disable();
    disabled.add(instrumentation);
  } catch {
    // What it has patched stays so, and its spans go nowhere.
  }
}
