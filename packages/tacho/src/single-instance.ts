import type { AdminMountOptions } from '@tacho/admin-api/mount/handlers';
import { INERT_MONITORING, type Monitoring } from './monitoring.ts';

/** All copies of the package in a process meet here, whatever their versions: what is kept here must not change. */
const SLOT = Symbol.for('tacho.monitoring');

interface Instance {
  readonly monitoring: Monitoring;
  /** Tells it that its handle was given out once more. */
  calledAgain(): void;
}

/** The handle of what is running already, in whichever copy of the package. */
export function runningInstance(): Monitoring | undefined {
  const instance: unknown = Reflect.get(globalThis, SLOT);
  if (!isInstance(instance)) return undefined;
  instance.calledAgain();
  return instance.monitoring;
}

export interface Lifecycle {
  start(): Monitoring;
  /** Called the first time that somebody asks for the handle again. */
  onCalledAgain(): void;
  /** Told what the shutdown threw or rejected with. Nobody else is. */
  onFailedShutdown(thrown: unknown): void;
}

/**
 * Starts what becomes the running instance, and remains it until its `shutdown` is called.
 * @throws what `start` throws; nothing is running then
 */
export function startInstance(lifecycle: Lifecycle): Monitoring {
  let started: Monitoring | undefined;
  let stopped: Promise<void> | undefined;
  let asked = false;

  const stop = async (): Promise<void> => {
    clearSlot(instance);
    // When `start` itself has led here, it has to return first.
    if (started === undefined) await Promise.resolve();
    try {
      await started?.shutdown();
    } catch (thrown) {
      lifecycle.onFailedShutdown(thrown);
    }
  };
  const instance: Instance = {
    monitoring: Object.freeze({
      get adminApi() {
        return stopped === undefined ? started?.adminApi : undefined;
      },
      adminHandler: (options?: AdminMountOptions) => (started ?? INERT_MONITORING).adminHandler(options),
      adminMiddleware: (options?: AdminMountOptions) =>
        (started ?? INERT_MONITORING).adminMiddleware(options),
      shutdown() {
        stopped ??= stop();
        return stopped;
      },
    }),
    calledAgain() {
      if (!asked) lifecycle.onCalledAgain();
      asked = true;
    },
  };

  // Before it starts: what runs meanwhile may ask for it.
  fillSlot(instance);
  try {
    started = lifecycle.start();
    return instance.monitoring;
  } catch (thrown) {
    clearSlot(instance);
    throw thrown;
  }
}

function fillSlot(instance: Instance): void {
  Reflect.defineProperty(globalThis, SLOT, { value: instance, configurable: true });
}

function clearSlot(instance: Instance): void {
  if (Reflect.get(globalThis, SLOT) === instance) Reflect.deleteProperty(globalThis, SLOT);
}

function isInstance(value: unknown): value is Instance {
  return typeof value === 'object' && value !== null && 'monitoring' in value && 'calledAgain' in value;
}
