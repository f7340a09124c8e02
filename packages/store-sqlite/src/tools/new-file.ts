import { closeSync, openSync, writeSync } from 'node:fs';
import { storeError } from '../file/sqlite-error.ts';
import { assertVacant, publishNew, taken, withTemporaryFile } from './temporary-file.ts';
import type { ToolContext } from './tool-context.ts';

export { assertVacant as assertAbsent };

/**
 * Writes a file that is not there yet, for its owner alone; it has its name only once it is whole.
 *
 * @returns its bytes
 * @throws TachoError
 */
export function writeNewFile(path: string, chunks: Iterable<Uint8Array>, context: ToolContext): number {
  const publish = (temporary: string): void => {
    if (!publishNew(temporary, path)) throw taken(path);
  };
  try {
    return withTemporaryFile(path, context, (temporary) => writeChunks(temporary, chunks), publish);
  } catch (error) {
    throw storeError(error, path);
  }
}

function writeChunks(path: string, chunks: Iterable<Uint8Array>): number {
  const file = openSync(path, 'w');
  let bytes = 0;
  try {
    for (const chunk of chunks) {
      for (let written = 0; written < chunk.length; ) written += writeSync(file, chunk, written);
      bytes += chunk.length;
    }
    return bytes;
  } finally {
    closeSync(file);
  }
}
