import type { Context } from 'koa';

/** Shorter than this, a body is hardly shorter when compressed. */
const MIN_BYTES = 1024;

/** What zlib spends here, the service lacks. */
export const GZIP = { level: 1 } as const;

/**
 * Whether a body is to be compressed, by what `Accept-Encoding` would rather have.
 * @param bytes its length; Infinity where it is not known yet
 */
export function isGzipWanted(ctx: Pick<Context, 'acceptsEncodings'>, bytes: number): boolean {
  if (bytes < MIN_BYTES && ctx.acceptsEncodings('identity') !== false) return false;
  return ctx.acceptsEncodings('gzip', 'identity') === 'gzip';
}
