import { createRequire, syncBuiltinESMExports } from 'node:module';
import type { Span } from '@opentelemetry/api';
import { HttpInstrumentation, type HttpInstrumentationConfig } from '@opentelemetry/instrumentation-http';

const require = createRequire(import.meta.url);

/**
 * OpenTelemetry's instrumentation of `node:http` and `node:https`. Both modules are there whatever was loaded before,
 * so they are patched in place: no hook has to watch what is loaded. It starts out disabled.
 */
export class HttpInPlace extends HttpInstrumentation {
  #isEnabled = false;

  constructor(config: HttpInstrumentationConfig) {
    super({ ...config, enabled: false });
  }

  override enable(): void {
    if (this.#isEnabled) return;
    this.#isEnabled = true;
    for (const { name, patch } of this.getModuleDefinitions()) patch?.(require(name));
    // Those who have imported the functions by name see the patched ones from here on.
    syncBuiltinESMExports();
  }

  /** Ends a span that nothing is to be measured of, which happens with those alone that it has in a set of its own. */
  endUnmeasured(span: Span): void {
    const ending: unknown = Reflect.get(this, '_spanNotEnded');
    if (ending instanceof WeakSet) ending.delete(span);
    span.end();
  }

  override disable(): void {
    if (!this.#isEnabled) return;
    this.#isEnabled = false;
    for (const { name, unpatch } of this.getModuleDefinitions()) unpatch?.(require(name));
    syncBuiltinESMExports();
  }
}
