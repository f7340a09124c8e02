import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Instrumentation } from './instrumentation.ts';
import { KNOWN_INSTRUMENTATIONS, type KnownInstrumentation } from './known-instrumentations.ts';

type InstrumentationClass = new (config: object) => Instrumentation;

/** An instrumentation that is loaded, and patches nothing before it is made. */
export interface InstalledInstrumentation {
  readonly name: string;
  /** One of a kind for the process: its hooks can't be taken back, and what they have seen is known to it alone. */
  readonly make: () => Instrumentation;
}

const made = new Map<string, Instrumentation>();

/**
 * Those of the known instrumentations that the application has installed.
 * @param folders where it looks for packages, in this order
 * @param failed told of each that is installed and can't be loaded
 */
export function installedInstrumentations(
  folders: readonly string[],
  failed: (name: string, error: unknown) => void,
): InstalledInstrumentation[] {
  const finders = folders.map((folder) => createRequire(join(folder, 'any.js')));
  return KNOWN_INSTRUMENTATIONS.flatMap((known) => {
    const name = `@opentelemetry/instrumentation-${known.name}`;
    const finder = finders.find((require) => isFound(require, name));
    if (finder === undefined) return [];
    try {
      return { name, make: makerOf(known, name, finder) };
    } catch (error) {
      failed(name, error);
      return [];
    }
  });
}

function makerOf(
  { className, config }: KnownInstrumentation,
  name: string,
  require: NodeJS.Require,
): () => Instrumentation {
  const { [className]: Found } = require(name) as Record<string, InstrumentationClass | undefined>;
  if (Found === undefined) throw new Error(`it has no ${className}`);
  return () => {
    const instrumentation = made.get(name) ?? new Found(config);
    made.set(name, instrumentation);
    return instrumentation;
  };
}

function isFound(require: NodeJS.Require, name: string): boolean {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}
