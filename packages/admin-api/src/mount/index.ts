export type { AdminContext, AdminHandler, AdminMiddleware, AdminMountOptions } from './handlers.ts';
export { koaMiddleware, type MountParts, plainHandler } from './mount.ts';
export { notHere, shutDown } from './plain-problems.ts';
export { DEFAULT_PREFIX, isPrefix, PREFIX_ALLOWED } from './prefix.ts';
