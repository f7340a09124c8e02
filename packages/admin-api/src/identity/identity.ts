import type { KeyObject } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** `admin` may ask everything; `viewer` nothing of users, nothing of who has asked, and no change. */
export type Role = 'admin' | 'viewer';

/** Who asks. */
export interface Identity {
  /** A token's name or a pseudonym: fit for the access log. */
  readonly name: string;
  /** Undefined for somebody who is known and may ask nothing. */
  readonly role: Role | undefined;
}

/** What a request says of who sent it. */
export type Identification =
  | { readonly kind: 'identity'; readonly identity: Identity }
  /** It says nothing. */
  | { readonly kind: 'anonymous' }
  /** What it says does not hold. */
  | {
      readonly kind: 'refused';
      /** A few words in snake_case, for the access log alone. */
      readonly reason: string;
    };

/** Never throws and never rejects. */
export type Identify = (request: IncomingMessage) => Identification | Promise<Identification>;

/** A bearer token that is known, as much of it as is kept. */
export interface StaticToken {
  /** SHA-256 of the token. */
  readonly digest: Uint8Array;
  readonly name: string;
  readonly role: Role;
}

/** Which JSON Web Tokens are taken, and what they give. All of it was checked. */
export interface JwtVerification {
  readonly keys: JwtKeys;
  readonly issuer: string;
  /** A token has to name one of them. */
  readonly audience: readonly string[];
  /** Those that the keys are for: what a token's header says chooses among them, and never beyond. */
  readonly algorithms: readonly string[];
  /** The claim that has the role, as a text. */
  readonly roleClaim: string;
  readonly adminRoles: readonly string[];
  readonly viewerRoles: readonly string[];
}

export type JwtKeys =
  /** One key. A token that names another by its `kid`, or any where this has none, is refused. */
  | { readonly kind: 'key'; readonly key: KeyObject; readonly kid: string | undefined }
  /** A JSON Web Key Set of public keys. */
  | { readonly kind: 'jwks'; readonly jwks: { readonly keys: readonly Readonly<Record<string, unknown>>[] } }
  /** Where such a set is: https, or http of this host. */
  | { readonly kind: 'url'; readonly url: string };

/**
 * The application's own way to tell who asks: undefined or null for nobody.
 * What it throws, rejects with, or gives in any other shape is nobody too.
 */
export type Authenticate = (request: IncomingMessage) => unknown;
