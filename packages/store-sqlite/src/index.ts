export { makePrivateFolder } from './file/private-files.ts';
export type { RetentionMs } from './rows/retention.ts';
export { createStoreTools } from './tools/store-tools.ts';
export type { StoreNotice } from './worker/messages.ts';
export { SqliteStore, type SqliteStoreOptions } from './worker/sqlite-store.ts';
