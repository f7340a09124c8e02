import { TachoError } from '../src/errors.ts';

/** Runs something that must either work or say `TACHO_BAD_DATA`. @returns its result where it worked */
export function resultOrBadData<Result>(run: () => Result): Result | undefined {
  try {
    return run();
  } catch (error) {
    messageOfBadData(error);
    return undefined;
  }
}

/** Runs something that must say `TACHO_BAD_DATA`. @returns the message */
export function badDataOf(run: () => unknown): string {
  let result: unknown;
  try {
    result = run();
  } catch (error) {
    return messageOfBadData(error);
  }
  throw new Error(`no error, but ${String(result)}`);
}

function messageOfBadData(error: unknown): string {
  if (error instanceof TachoError && error.code === 'TACHO_BAD_DATA') return error.message;
  throw error;
}
