import { processDetector, type ResourceDetector } from '@opentelemetry/resources';

/** Attributes that show how the process was called, and with it any secret on its command line. */
const COMMAND_LINE = ['process.command', 'process.command_args', 'process.command_line'];

export const processWithoutCommandLine: ResourceDetector = {
  detect(config) {
    const detected = processDetector.detect(config);
    const attributes = { ...detected.attributes };
    for (const name of COMMAND_LINE) delete attributes[name];
    return { ...detected, attributes };
  },
};
