import { createRequire } from 'node:module';
import type { Exporters } from '../export/exporters.ts';
import type { TelemetryOptions } from '../telemetry.ts';

const require = createRequire(import.meta.url);
const loadChildSpans = () => require('#otel/child-spans') as typeof import('./child-spans.ts');

/**
 * Loads what makes spans below those of requests: nothing, where no span is exported.
 * @returns enables it, and returns what disables it
 */
export function childSpansFor(
  { instrumentations, packageFolders, notices }: TelemetryOptions,
  { spanProcessors }: Exporters,
): () => () => void {
  if (spanProcessors.length === 0 || instrumentations.length === 0) return () => () => {};
  return loadChildSpans().childSpans({ instrumentations, folders: packageFolders, notices });
}
