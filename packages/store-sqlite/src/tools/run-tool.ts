import { rmSync } from 'node:fs';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { TachoError } from '@tacho/core';
import type { ToolRun } from '@tacho/store';
import { COMPANIONS } from '../file/move-aside.ts';
import type { FromTool, ToolError, ToolWorkerData } from './tool-messages.ts';
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

/**
 * Does a piece of work in a worker of its own. When it is aborted, the worker is ended (SQLite finishes the
 * statement that it is at) and the files that it had named as temporary are removed.
 *
 * @throws TachoError as `StoreTools` says; the signal's reason
 */
export async function runTool<Name extends ToolName>(
  { name, args, nowMs, holds }: ToolJob<Name>,
  { encryptionKeys, signal, onProgress }: ToolRun,
): Promise<ToolResult<Name>> {
  signal.throwIfAborted();
  const temporaries = new Set<string>();
  const worker = startWorker({ name, args, nowMs, encryptionKeys });
  const settled = new AbortController();
  try {
    return await new Promise<ToolResult<Name>>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { signal: settled.signal });
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
    throw error;
  } finally {
    settled.abort();
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

function errorOf({ code, message, hint }: ToolError): TachoError {
  return new TachoError(code, message, hint === undefined ? {} : { hint });
}

function failed(name: ToolName, cause?: unknown): TachoError {
  return new TachoError('TACHO_STORE_UNAVAILABLE', `${name} failed`, { cause });
}
