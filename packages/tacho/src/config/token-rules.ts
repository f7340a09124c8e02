import { hash } from 'node:crypto';
import type { TokenOptions } from './admin-api-options.ts';
import { fields } from './fields-rule.ts';
import { elementsOf } from './list-rule.ts';
import { oneOf, type Rule, refuse, textRule } from './rule.ts';

export const MAX_TOKENS = 16;

const DIGEST = /^sha256:([0-9a-f]{64})$/i;

/** A token, or the digest of one; what only begins like a digest is a slip. */
export const TOKEN = textRule(
  '1 to 4096 visible ASCII characters without spaces, or sha256: and 64 hex digits',
  (text) => DIGEST.test(text) || (/^[\x21-\x7e]{1,4096}$/.test(text) && !/^sha256:/i.test(text)),
);

const NAMED = fields<TokenOptions>('an object with token, and perhaps name, role', {
  token: TOKEN,
  name: textRule(
    '1 to 64 characters, not only blanks, no control characters',
    (text) => /^[^\p{C}]{1,64}$/u.test(text) && text.trim() !== '',
  ),
  role: oneOf('admin', 'viewer'),
});

const LIST = elementsOf<string | TokenOptions>(
  { read: readToken },
  MAX_TOKENS,
  `an array of at most ${MAX_TOKENS}, each ${TOKEN.allowed}; or an object with token, and perhaps name, role`,
);

/** Tokens, each once; two of the same could have two roles. */
export const TOKENS: typeof LIST = {
  read(value, at) {
    const tokens = LIST.read(value, at);
    const digests = new Set<string>();
    for (const [index, token] of (tokens ?? []).entries()) {
      const digest = tokenDigest(textOf(token)).toString('hex');
      if (digests.has(digest))
        refuse(token, 'a value that is not in the array already', { ...at, path: `${at.path}[${index}]` });
      digests.add(digest);
    }
    return tokens;
  },
};

/** @param text as `TOKEN` accepts it */
export function tokenDigest(text: string): Buffer {
  const [, digest] = DIGEST.exec(text) ?? [];
  return digest === undefined ? hash('sha256', text, 'buffer') : Buffer.from(digest, 'hex');
}

/** Whether a token is so short that somebody may guess it; of a digest nobody knows. */
export function isWeak(text: string): boolean {
  return !DIGEST.test(text) && text.length < 16;
}

export function textOf(token: string | TokenOptions): string {
  return typeof token === 'string' ? token : token.token;
}

function readToken(...[value, at]: Parameters<Rule<string | TokenOptions>['read']>) {
  if (typeof value !== 'object' || value === null) return TOKEN.read(value, at);
  const before = at.problems.length;
  const given = NAMED.read(value, at);
  if (given === undefined || at.problems.length > before) return undefined;
  if (given.token !== undefined) return given;
  return refuse(undefined, TOKEN.allowed, { ...at, path: `${at.path}.token` });
}
