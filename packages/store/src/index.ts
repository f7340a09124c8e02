export { Keyring } from './encryption/keyring.ts';
export { History, type HistoryOptions, type OnSkippedRow } from './history.ts';
export type { Journal, JournalEntry } from './journal.ts';
export { MemoryJournal } from './memory-journal.ts';
export { MemoryState } from './memory-state.ts';
export { MemoryStore, type MemoryStoreOptions } from './memory-store.ts';
export type { State } from './state.ts';
export type { StoreStatus, WindowKey, WindowRow, WindowSpan, WindowStore } from './window-store.ts';
export { type UnstoredWindow, WindowWriter, type WindowWriterOptions } from './window-writer.ts';
