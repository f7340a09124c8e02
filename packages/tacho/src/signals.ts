import { absorb } from './log/absorb.ts';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

const ignore = (): void => {};

/** What is used of `process`. */
export interface SignalSource {
  readonly pid: number;
  on(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
  removeListener(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
  listenerCount(signal: NodeJS.Signals): number;
  kill(pid: number, signal: NodeJS.Signals): unknown;
}

/**
 * Flushes when the process is asked to end, without taking the decision from the application. Where ours is
 * the only listener the signal would have ended the process, so after `shutdown` it is raised again and does;
 * a second signal does not wait. Where the application listens too, it decides, and may end the process before it
 * lets go of the event loop: so we flush at once.
 *
 * @returns stops listening
 */
export function handleSignals(
  source: SignalSource,
  actions: { flushNow: () => void; shutdown: () => Promise<void> },
): () => void {
  let ending = false;
  const stop = (): void => {
    for (const signal of SIGNALS) absorb(() => source.removeListener(signal, onSignal), ignore);
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    if (source.listenerCount(signal) > 1) {
      absorb(actions.flushNow, ignore);
      return;
    }
    const raise = (): void => {
      stop();
      source.kill(source.pid, signal);
    };
    if (ending) raise();
    else void actions.shutdown().then(raise, raise);
    ending = true;
  };
  try {
    for (const signal of SIGNALS) source.on(signal, onSignal);
  } catch (error) {
    stop();
    throw error;
  }
  return stop;
}
