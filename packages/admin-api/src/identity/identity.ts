import type { IncomingMessage } from 'node:http';

/** `admin` may ask everything; `viewer` nothing of users and nothing of who has asked. */
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
