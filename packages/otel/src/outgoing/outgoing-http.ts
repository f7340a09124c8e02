import { createRequire, syncBuiltinESMExports } from 'node:module';
import { context } from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';

const require = createRequire(import.meta.url);

/**
 * OpenTelemetry's instrumentation of `node:http` and `node:https`, for requests that go out. Both modules are there
 * whatever was loaded before, so they are patched in place: no hook has to watch what is loaded.
 */
export class OutgoingHttp extends HttpInstrumentation {
  #isEnabled = false;

  constructor() {
    super({
      enabled: false,
      disableIncomingRequestInstrumentation: true,
      // Exporters send with tracing suppressed, which keeps their requests out of the spans but not of the metrics.
      ignoreOutgoingRequestHook: () => isTracingSuppressed(context.active()),
    });
  }

  override enable(): void {
    if (this.#isEnabled) return;
    this.#isEnabled = true;
    for (const { name, patch } of this.getModuleDefinitions()) patch?.(require(name));
    // Those who have imported the functions by name see the patched ones from here on.
    syncBuiltinESMExports();
  }

  override disable(): void {
    if (!this.#isEnabled) return;
    this.#isEnabled = false;
    for (const { name, unpatch } of this.getModuleDefinitions()) unpatch?.(require(name));
    syncBuiltinESMExports();
  }
}
