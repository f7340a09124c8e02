import {
  defaultResource,
  detectResources,
  envDetector,
  hostDetector,
  osDetector,
  type Resource,
  type ResourceDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
} from '@opentelemetry/resources';
import { ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions';
import { type Environment, textOf } from '../environment.ts';
import type { TelemetryOptions } from '../telemetry.ts';
import { processWithoutCommandLine } from './process-detector.ts';

const DETECTORS: Readonly<Record<string, ResourceDetector>> = {
  serviceinstance: serviceInstanceIdDetector,
  process: processWithoutCommandLine,
  host: hostDetector,
  os: osDetector,
  env: envDetector,
};

export type ServiceNames = Pick<TelemetryOptions, 'serviceName' | 'serviceVersion'>;

/**
 * What sends the telemetry: what the detectors find, all or those that `OTEL_NODE_RESOURCE_DETECTORS` names.
 * @param service what is undefined is left to `OTEL_RESOURCE_ATTRIBUTES` and the SDK's default
 */
export function resourceOf(
  { serviceName, serviceVersion }: ServiceNames,
  environment: Environment,
  warn: (message: string) => void,
): Resource {
  const found = defaultResource().merge(detectResources({ detectors: detectorsFrom(environment, warn) }));
  return found.merge(
    resourceFromAttributes({
      ...(serviceName !== undefined && { [ATTR_SERVICE_NAME]: serviceName }),
      ...(serviceVersion !== undefined && { [ATTR_SERVICE_VERSION]: serviceVersion }),
    }),
  );
}

/** @param warn called once for each name that there is no detector of */
export function detectorsFrom(environment: Environment, warn: (message: string) => void): ResourceDetector[] {
  const names = textOf(environment, 'OTEL_NODE_RESOURCE_DETECTORS')
    ?.split(',')
    .map((name) => name.trim());
  if (names === undefined || names.includes('all')) return Object.values(DETECTORS);
  if (names.includes('none')) return [];
  return names.flatMap((name) => {
    const detector = Object.hasOwn(DETECTORS, name) ? DETECTORS[name] : undefined;
    if (detector !== undefined) return detector;
    const allowed = ['all', 'none', ...Object.keys(DETECTORS)].join(', ');
    warn(
      `OTEL_NODE_RESOURCE_DETECTORS has "${name.slice(0, 60)}"; allowed: some of ${allowed}. It is left out.`,
    );
    return [];
  });
}
