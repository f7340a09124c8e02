import { rmSync } from 'node:fs';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { SECOND_MS, TachoError } from '@tacho/core';
import type { ToolRun } from '@tacho/store';
import { COMPANIONS } from '../file/move-aside.ts';
import { errorOf } from './tool-error.ts';
import { type FromTool, GIVEN_UP, type ToolWorkerData, WANTED } from './tool-messages.ts';
import type { ToolArguments, ToolName, ToolResult } from './tools.ts';

/** Beside this file, and like it compiled or not. */
const ENTRY = new URL(`./tool-worker${extname(import.meta.url)}`, import.meta.url);

export interface ToolJob<Name extends ToolName> {
  readonly name: Name;
  readonly args: ToolArguments<Name>;
  /** Epoch milliseconds. */
  readonly nowMs: number;
  /** Whether the process is kept alive until the work is done. */
  readonly holds: boolean;
}

/** How long a tool has to stop by itself and clean up, once it is given up. */
const STOP_LIMIT_MS = 2 * SECOND_MS;

/**
 * Does a piece of work in a worker of its own. When it is aborted, the tool stops the next time that it reports how
 * far it has come; or its worker is ended, and the files that it had named as temporary are removed. Either way
 * SQLite finishes the statement that it is at. What was complete by then is given as if it had not been aborted.
 *
 * @throws TachoError as `StoreTools` says; the signal's reason
 */
export async function runTool<Name extends ToolName>(
  { name, args, nowMs, holds }: ToolJob<Name>,
  { encryptionKeys, signal, onProgress }: ToolRun,
): Promise<ToolResult<Name>> {
  signal.throwIfAborted();
  const temporaries = new Set<string>();
  const wanted = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)).fill(WANTED);
  const worker = startWorker({ name, args, nowMs, encryptionKeys, wanted });
  let stopTimer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    Atomics.store(wanted, 0, GIVEN_UP);
    try {
      stopTimer = setTimeout(() => worker.terminate(), STOP_LIMIT_MS).unref();
    } catch {
      // An event of the signal: what came out of it would end the process. The tool stops by itself.
    }
  };
  signal.addEventListener('abort', stop);
  try {
    return await new Promise<ToolResult<Name>>((resolve, reject) => {
      worker.once('error', (error) => reject(failed(name, error)));
      worker.once('exit', () => reject(failed(name)));
      worker.on('message', (message: FromTool) => {
        if ('temporary' in message) temporaries.add(message.temporary);
        else if ('done' in message) onProgress(message.done, message.total);
        else if ('error' in message) reject(errorOf(message.error));
        else resolve(message.result as ToolResult<Name>);
      });
      // After the listeners, which would keep the process alive.
      if (!holds) worker.unref();
    });
  } catch (error) {
    await worker.terminate();
    for (const path of temporaries) remove(path);
    throw signal.aborted ? signal.reason : error;
  } finally {
    signal.removeEventListener('abort', stop);
    clearTimeout(stopTimer);
  }
}

function startWorker(workerData: ToolWorkerData): Worker {
  return new Worker(ENTRY, {
    name: `tacho ${workerData.name}`,
    workerData,
    execArgv: [],
    env: {},
    stdout: true,
    stderr: true,
  });
}

function remove(path: string): void {
  for (const companion of ['', ...COMPANIONS]) rmSync(path + companion, { force: true, recursive: true });
}

function failed(name: ToolName, cause?: unknown): TachoError {
  return new TachoError('TACHO_STORE_UNAVAILABLE', `${name} failed`, { cause });
}
