import type { TachoErrorCode } from '@tacho/core';
import type { StoreTools } from '@tacho/store';

export type ToolName = keyof StoreTools;

/** What a tool's worker is started with. */
export interface ToolWorkerData {
  readonly name: ToolName;
  readonly texts: readonly string[];
  readonly nowMs: number;
  readonly encryptionKeys: readonly Uint8Array[];
}

export type FromTool =
  | { readonly done: number; readonly total: number | undefined }
  | { readonly temporary: string }
  | { readonly result: unknown }
  | {
      readonly error: {
        readonly code: TachoErrorCode;
        readonly message: string;
        readonly hint: string | undefined;
      };
    };
