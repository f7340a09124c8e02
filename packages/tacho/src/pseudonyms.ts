import { createHmac } from 'node:crypto';

/** Pseudonyms remembered, so that a user who comes again costs no hashing. */
const MAX_REMEMBERED = 1000;

/**
 * Turns users' names into pseudonyms: HMAC-SHA-256 (RFC 2104) under a key that whoever has the statistics
 * does not have. A plain hash would not do: names and addresses are few enough to try them all.
 *
 * @param key 32 random bytes
 * @returns gives 32 hexadecimal digits, the same for the same name
 */
export function pseudonymiser(key: Uint8Array): (user: string) => string {
  let remembered = new Map<string, string>();
  return (user) => {
    const known = remembered.get(user);
    if (known !== undefined) return known;
    const pseudonym = createHmac('sha256', key).update(user).digest('hex').slice(0, 32);
    if (remembered.size >= MAX_REMEMBERED) remembered = new Map();
    remembered.set(user, pseudonym);
    return pseudonym;
  };
}
