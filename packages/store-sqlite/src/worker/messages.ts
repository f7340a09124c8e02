import type { TachoErrorCode } from '@tacho/core';
import type {
  JournalEntry,
  JournalKey,
  JournalVerification,
  SeriesQuery,
  StoredAnswer,
  StoredRange,
  StoreStatus,
  WindowRow,
} from '@tacho/store';
import type { OpenStoreOptions } from '../engine/open-store.ts';

/** What can be asked of the worker: the methods of the three contracts, in terms that can be cloned. */
export interface StoreCalls {
  append(rows: readonly WindowRow[]): void;
  read(range: StoredRange): WindowAnswer;
  series(query: SeriesQuery): SeriesAnswer;
  maintain(): void;
  erase(pseudonyms: readonly string[]): number;
  appendJournal(entries: readonly JournalEntry[]): void;
  readJournal(fromMs: number, toMs: number, limit: number, before: JournalKey | undefined): JournalEntry[];
  verifyJournal(head: string | undefined): JournalVerification;
  getState(key: string): string | undefined;
  setState(key: string, expected: string | undefined, next: string | undefined, ttlMs?: number): boolean;
  /** Has the other processes store what they have measured. */
  gather(): void;
  /** This process has flushed, as the message `flush` had asked for. */
  flushed(id: number): void;
  close(): void;
}

/** What a worker is started with. */
export type StoreWorkerData = Omit<OpenStoreOptions, 'keyring'> & {
  readonly encryptionKeys: readonly Uint8Array[];
};

export type Method = keyof StoreCalls;

/** Encoded windows that make up one when merged, each quickly decoded. */
export interface WindowAnswer extends StoredAnswer {
  readonly parts: readonly Uint8Array[];
}

/** Encoded windows whose endpoints are the steps: each `route` is a step's start in epoch milliseconds. */
export interface SeriesAnswer extends StoredAnswer {
  readonly parts: readonly Uint8Array[];
}

export interface Request<M extends Method = Method> {
  readonly id: number;
  readonly method: M;
  readonly args: Parameters<StoreCalls[M]>;
  /** Epoch milliseconds: the worker has no clock of its own. */
  readonly nowMs: number;
  /** Where to write, and wake, how it went, for a caller that waits without an event loop. */
  readonly outcome: Int32Array | undefined;
}

/** Values of `Request.outcome`. */
export const PENDING = 0;
export const DONE = 1;
export const FAILED = 2;

export interface PlainError {
  readonly code: TachoErrorCode;
  readonly message: string;
  readonly hint: string | undefined;
}

export interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: PlainError;
  /** As they are after the call. */
  readonly figures: StoreFigures;
}

/** The part of the status that the worker knows. */
export type StoreFigures = Pick<
  StoreStatus,
  'writers' | 'rows' | 'bytes' | 'overCap' | 'oldestMs' | 'newestMs' | 'encryption' | 'unavailable'
>;

/** What an operator should hear of. */
export type StoreNotice =
  /** The file was damaged. It is now at `path`, and a new one is in its place. */
  | { readonly kind: 'moved-aside'; readonly path: string; readonly reason: string }
  /** Another file, or none, was found where the store's had been; what was there is no longer written to. */
  | { readonly kind: 'replaced' }
  /** Rows that a process had left behind could not be read. They are now at `path`. */
  | { readonly kind: 'pending-damaged'; readonly path: string }
  | { readonly kind: 'unavailable'; readonly reason: string; readonly hint: string | undefined }
  /** After `unavailable`. */
  | { readonly kind: 'available' };

export type FromWorker =
  | Answer
  | { readonly notice: StoreNotice }
  /** Somebody wants to know what this process has measured: to be answered by `flushed`. */
  | { readonly flush: number };
