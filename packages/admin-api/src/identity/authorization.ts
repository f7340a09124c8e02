import type { IncomingMessage } from 'node:http';

/** What a request's `Authorization` header has. */
export type Authorization =
  | { readonly kind: 'none' }
  | { readonly kind: 'bearer'; readonly token: string }
  /** Another scheme, or nothing that any scheme would have. */
  | { readonly kind: 'other' }
  /** Two are no identity, whatever is in them. */
  | { readonly kind: 'repeated' };

const NAME = 'authorization';

/** One space and visible ASCII; the scheme in any case (RFC 9110, section 11.1). */
const BEARER = /^bearer ([\x21-\x7e]+)$/i;

const NONE: Authorization = { kind: 'none' };
const OTHER: Authorization = { kind: 'other' };
const REPEATED: Authorization = { kind: 'repeated' };

/** Read from the raw headers: of two `Authorization` headers Node shows only the first. */
export function authorizationOf({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>): Authorization {
  let value: string | undefined;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length !== NAME.length || name.toLowerCase() !== NAME) continue;
    if (value !== undefined) return REPEATED;
    value = rawHeaders[index + 1] ?? '';
  }
  if (value === undefined) return NONE;
  const token = BEARER.exec(value)?.[1];
  return token === undefined ? OTHER : { kind: 'bearer', token };
}
