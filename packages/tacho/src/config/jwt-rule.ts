import type { JwtOptions } from './admin-api-options.ts';
import { fields } from './fields-rule.ts';
import { algorithmsOf, JWT_JWKS, JWT_KEY } from './jwt-keys-rule.ts';
import { listOf } from './list-rule.ts';
import { type Place, type Rule, refuse, secret, textRule } from './rule.ts';

const MOST = 16;

const TEXT = textRule('1 to 1024 characters, no control characters', (text) =>
  /^[^\p{Cc}]{1,1024}$/u.test(text),
);
const TEXTS = listOf(TEXT, MOST);

/** One text or several. */
const AUDIENCE: Rule<string | readonly string[]> = {
  read(value, at) {
    if (typeof value !== 'object') return TEXT.read(value, at);
    const texts = TEXTS.read(value, at);
    return texts?.length === 0 ? refuse(value, 'one audience at least', at) : texts;
  },
};

const FIELDS = fields<JwtOptions>('an object with issuer, audience, and key or jwks', {
  key: secret(JWT_KEY),
  jwks: secret(JWT_JWKS),
  issuer: TEXT,
  audience: AUDIENCE,
  algorithms: TEXTS,
  roleClaim: TEXT,
  adminRoles: TEXTS,
  viewerRoles: TEXTS,
});

/** Tokens of whatever issuer, or for whatever audience, are not taken: so both have to be said. */
export const JWT: typeof FIELDS = {
  paths: FIELDS.paths,
  read(value, at) {
    const before = at.problems.length;
    const given = FIELDS.read(value, at);
    if (given === undefined || at.problems.length > before) return undefined;
    const within = (name: string): Place => ({ ...at, path: `${at.path}.${name}` });
    if (given.issuer === undefined) refuse(undefined, TEXT.allowed, within('issuer'));
    if (given.audience === undefined) refuse(undefined, TEXT.allowed, within('audience'));
    if ((given.key === undefined) === (given.jwks === undefined))
      refuse(value, 'an object with either key or jwks', { ...at, secret: true });
    else checkAlgorithms(given, within('algorithms'));
    return given;
  },
};

/** One that the key is not for would never be used; what was meant is another. */
function checkAlgorithms(given: JwtOptions, at: Place): void {
  const possible = algorithmsOf(given);
  const allowed = `some of ${possible.join(', ')}, which the key is for`;
  if (given.algorithms?.length === 0) refuse(given.algorithms, allowed, at);
  for (const [index, name] of given.algorithms?.entries() ?? [])
    if (!possible.includes(name)) refuse(name, allowed, { ...at, path: `${at.path}[${index}]` });
}
