import { parentPort, workerData } from 'node:worker_threads';
import { TachoError } from '@tacho/core';
import { Keyring } from '@tacho/store';
import type { ToolContext } from './tool-context.ts';
import { plainError } from './tool-error.ts';
import { type FromTool, GIVEN_UP, type ToolWorkerData } from './tool-messages.ts';
import { TOOLS } from './tools.ts';

/** The entry of a tool's worker: does one piece of work, and ends. */
function say(message: FromTool): void {
  parentPort?.postMessage(message);
}

function work({ name, args, nowMs, encryptionKeys, wanted }: ToolWorkerData): unknown {
  const tool = TOOLS[name] as (args: unknown, context: ToolContext) => unknown;
  return tool(args, {
    keyring: Keyring.of(encryptionKeys),
    nowMs,
    report: (done, total) => {
      // What is complete may have its name already, and is then no longer to be given up.
      if (done !== total && Atomics.load(wanted, 0) === GIVEN_UP) throw givenUp(name);
      say({ done, total });
    },
    temporary: (temporary) => say({ temporary }),
  });
}

/** So that the tool cleans up after itself. */
function givenUp(name: string): TachoError {
  return new TachoError('TACHO_STORE_UNAVAILABLE', `${name} was given up`);
}

try {
  say({ result: work(workerData as ToolWorkerData) });
} catch (error) {
  say({ error: plainError(error) });
}
