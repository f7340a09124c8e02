export { koaMiddleware, type MountParts, plainHandler } from './mount.ts';
export { NOTHING_MOUNTED } from './nothing-mounted.ts';
export { nobodyComesIn, shutDown } from './plain-problems.ts';
export { DEFAULT_PREFIX, isPrefix, PREFIX_ALLOWED } from './prefix.ts';
