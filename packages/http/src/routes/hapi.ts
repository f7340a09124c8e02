import type { IncomingMessage } from 'node:http';
import { exchangeOf } from '../exchange.ts';
import { patchMethod } from '../patch-method.ts';

/** Of what hapi does by itself: not found, a malformed path, a preflight. Its path says nothing of the request's. */
const SPECIAL = '_special';

interface HapiRequest {
  readonly raw: { readonly req: IncomingMessage };
  readonly route: { readonly method: string; readonly path: string };
}

/**
 * Learns the matched route from hapi at the moment of the match, which is before authentication and validation:
 * what they refuse has its route as well.
 *
 * @param Request what hapi's `lib/request.js` exports; the class of every server's requests extends it
 */
export function hearHapiRoutes(Request: object): () => void {
  const { prototype } = Request as { prototype: object };
  return patchMethod(
    prototype,
    '_lookup',
    (original) =>
      function lookup(this: unknown, ...args: unknown[]): unknown {
        const found = Reflect.apply(original, this, args);
        try {
          noteRoute(this as HapiRequest);
        } catch {
          // Inside the application's request: without a template it is counted under one learned from its URL.
        }
        return found;
      },
  );
}

function noteRoute({ raw, route }: HapiRequest): void {
  if (route.method !== SPECIAL) exchangeOf(raw.req)?.matchRoute(route.path);
}
