import type { ToolError } from './tool-error.ts';
import type { ToolArguments, ToolName } from './tools.ts';

/** What a tool's worker is started with. */
export interface ToolWorkerData<Name extends ToolName = ToolName> {
  readonly name: Name;
  readonly args: ToolArguments<Name>;
  readonly nowMs: number;
  readonly encryptionKeys: readonly Uint8Array[];
  /** Shared: `GIVEN_UP` once the work is no longer wanted. */
  readonly wanted: Int32Array;
}

export const WANTED = 0;
export const GIVEN_UP = 1;

/** What it says: how far it has come, which files are to be removed if it is cut short, and last, what came of it. */
export type FromTool =
  | { readonly done: number; readonly total: number | undefined }
  | { readonly temporary: string }
  | { readonly result: unknown }
  | { readonly error: ToolError };
