import { visitOf } from '../door/visit.ts';
import type { Handler } from './handler.ts';

/** Loaded when it is first asked for. The resources are where this document was found. */
export const getOpenApi: Handler<'getOpenApi'> = async ({ ctx }) => {
  const { default: document } = await import('@tacho/api-contract/openapi.json', { with: { type: 'json' } });
  return { ...document, servers: [{ url: visitOf(ctx.req).prefix || '/' }] };
};
