import type { ToolRun } from '@tacho/store';
import { encryptionKeys } from './encryption-keys.ts';
import type { Environment } from './environment.ts';
import { escapeControls } from './escape.ts';
import { storeFailure } from './store-failure.ts';
import { workProgress } from './work-progress.ts';

export interface StoreWork<Result extends object> {
  /** The command's. */
  readonly name: string;
  readonly json: boolean;
  /** The path of the store's file. */
  readonly file: string;
  start(run: ToolRun): Promise<Result>;
  /** What came of it, on one line. */
  tell(result: Result): string;
}

/**
 * Does a piece of work on a store's file, tells how far it has come, and prints what came of it.
 * @throws `CommandError`
 */
export async function doStoreWork<Result extends object>(
  { name, json, file, start, tell }: StoreWork<Result>,
  environment: Environment,
): Promise<void> {
  const { stdout, interrupted } = environment;
  const run = { encryptionKeys: encryptionKeys(environment), signal: interrupted };
  interrupted.throwIfAborted();
  const progress = workProgress(name, environment);
  try {
    const result = await start({ ...run, onProgress: progress.show });
    progress.close();
    stdout.write(`${json ? JSON.stringify(result, nullForUndefined) : escapeControls(tell(result))}\n`);
  } catch (error) {
    interrupted.throwIfAborted();
    throw storeFailure(error, file);
  } finally {
    progress.close();
  }
}

/** So that every result of a command has the same fields. */
function nullForUndefined(_name: string, value: unknown): unknown {
  return value === undefined ? null : value;
}
