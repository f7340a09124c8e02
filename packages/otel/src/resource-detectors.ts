import {
  envDetector,
  hostDetector,
  osDetector,
  processDetector,
  type ResourceDetector,
  serviceInstanceIdDetector,
} from '@opentelemetry/resources';

/** Attributes that show how the process was called, and with it any secret on its command line. */
const COMMAND_LINE = ['process.command', 'process.command_args', 'process.command_line'];

const processWithoutCommandLine: ResourceDetector = {
  detect(config) {
    const detected = processDetector.detect(config);
    const attributes = { ...detected.attributes };
    for (const name of COMMAND_LINE) delete attributes[name];
    return { ...detected, attributes };
  },
};

/** What the resource is made of, unless `OTEL_NODE_RESOURCE_DETECTORS` names other detectors. */
export const RESOURCE_DETECTORS: readonly ResourceDetector[] = [
  serviceInstanceIdDetector,
  processWithoutCommandLine,
  hostDetector,
  osDetector,
  envDetector,
];
