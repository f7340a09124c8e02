import { parentPort, workerData } from 'node:worker_threads';
import { Keyring } from '@tacho/store';
import { ReadingEngine } from './reading-engine.ts';
import type { FromReading, ReadingRequest, ReadingWorkerData } from './reading-messages.ts';
import { plainError } from './tool-error.ts';

/** The entry of a reading's worker: answers one request after the other until it is ended. */
const { encryptionKeys, ...options } = workerData as ReadingWorkerData;
const engine = new ReadingEngine({ ...options, keyring: Keyring.of(encryptionKeys) });

function answer({ method, args, nowMs }: ReadingRequest): unknown {
  if (method === 'open') return engine.open();
  const ask = engine[method] as (nowMs: number, ...args: unknown[]) => unknown;
  return ask.call(engine, nowMs, ...args);
}

function say(message: FromReading): void {
  parentPort?.postMessage(message);
}

parentPort?.on('message', (request: ReadingRequest) => {
  const { id } = request;
  try {
    say({ id, result: answer(request) });
  } catch (error) {
    say({ id, error: plainError(error) });
  }
});
