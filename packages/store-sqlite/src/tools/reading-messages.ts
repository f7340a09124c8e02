import type { WindowLimits } from '@tacho/core';
import type { SeriesQuery, StoredRange } from '@tacho/store';
import type { SeriesAnswer, WindowAnswer } from '../worker/messages.ts';
import type { ToolError } from './tool-error.ts';

/** What a reading's worker is started with. */
export interface ReadingWorkerData {
  /** Absolute. */
  readonly file: string;
  readonly encryptionKeys: readonly Uint8Array[];
  /** Of the windows that are answered. */
  readonly limits: WindowLimits;
}

/** What it can be asked, in terms that can be cloned. */
export interface ReadingCalls {
  /** Makes sure that the file can be read. */
  open(): void;
  read(range: StoredRange): WindowAnswer;
  series(query: SeriesQuery): SeriesAnswer;
}

export type ReadingMethod = keyof ReadingCalls;

export interface ReadingRequest<M extends ReadingMethod = ReadingMethod> {
  readonly id: number;
  readonly method: M;
  readonly args: Parameters<ReadingCalls[M]>;
  /** Epoch milliseconds: the worker has no clock of its own. */
  readonly nowMs: number;
}

export type FromReading = { readonly id: number } & (
  | { readonly result: unknown }
  | { readonly error: ToolError }
);
