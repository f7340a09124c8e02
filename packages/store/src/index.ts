export { ChainCheck, type ChainRow } from './chain-check.ts';
export { ENCRYPTION_KEY_TEXT, MAX_ENCRYPTION_KEYS, parseEncryptionKey } from './encryption/encryption-key.ts';
export { type EncryptionKeyFile, readEncryptionKeyFile } from './encryption/encryption-key-file.ts';
export { isSealedFile } from './encryption/file-cipher.ts';
export { Keyring } from './encryption/keyring.ts';
export { FileOpener, FileSealer, openFile, sealFile } from './encryption/sealed-file.ts';
export {
  History,
  type HistoryAnswer,
  type HistoryOptions,
  type HistorySeries,
  type HistoryWindow,
} from './history.ts';
export type { Journal, JournalEntry, JournalFault, JournalKey, JournalVerification } from './journal.ts';
export { CHAIN_ORIGIN, type ChainEnd, type ChainEnds, linkAfter, UNKNOWN_LINK } from './journal-chain.ts';
export { MemoryJournal } from './memory-journal.ts';
export { MemoryState } from './memory-state.ts';
export { MemoryStore, type MemoryStoreOptions } from './memory-store.ts';
export { SeriesSteps } from './merge-series.ts';
export { mergeDetailWithin, mergeWithin, type TimeRange } from './merge-within.ts';
export { nextTurn } from './next-turn.ts';
export { openPseudonymKeys } from './pseudonym-keys/file-keys.ts';
export { inMemoryPseudonymKeys } from './pseudonym-keys/in-memory-keys.ts';
export {
  keyRetentionMs,
  type PseudonymKeys,
  type PseudonymKeysOptions,
} from './pseudonym-keys/pseudonym-keys.ts';
export { pseudonymsIn } from './pseudonym-keys/read-pseudonyms.ts';
export { SpooledStore, type SpooledStoreOptions } from './spooled-store.ts';
export type { State } from './state.ts';
export { MAX_STEP_MS, SteadyTime } from './steady-time.ts';
export type {
  BackupResult,
  EraseResult,
  ExportResult,
  ImportResult,
  RepairResult,
  RestoreResult,
  StoreReading,
  StoreTools,
  ToolRun,
} from './store-tools.ts';
export type {
  Resolution,
  SeriesQuery,
  StoredAnswer,
  StoredRange,
  StoredSeries,
  StoredStep,
  StoredWindow,
  StoreStatus,
  WindowKey,
  WindowRow,
  WindowSpan,
  WindowStore,
} from './window-store.ts';
export { type UnstoredWindow, WindowWriter, type WindowWriterOptions } from './window-writer.ts';
