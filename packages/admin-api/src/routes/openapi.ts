import { visitOf } from '../door/visit.ts';
import { seenPrefix } from '../mount/seen-prefix.ts';
import type { Handler } from './handler.ts';

/** Loaded when it is first asked for. The resources are where this document was found. */
export const getOpenApi: Handler<'getOpenApi'> = async ({ ctx }) => {
  const { default: document } = await import('@tacho/api-contract/openapi.json', { with: { type: 'json' } });
  const { prefix, client } = visitOf(ctx.req);
  const found = { prefix, url: ctx.originalUrl, isProxyTrusted: client.peerIsProxy };
  return { ...document, servers: [{ url: seenPrefix(ctx.req, found) || '/' }] };
};
