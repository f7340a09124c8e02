/**
 * The time during which users get their pseudonyms under one key. A pseudonym begins with the id of its period, so
 * that a user is one in each period, and nobody without the keys can tell that they are the same.
 */
export interface KeyPeriod {
  /** Lower-case letters and digits. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly fromMs: number;
  /** Epoch milliseconds; undefined for the period that has not ended. */
  readonly toMs: number | undefined;
}

const PSEUDONYM = /^([a-z][a-z0-9]{0,15})-[0-9a-f]{32}$/;

/** The id of the key period that a pseudonym is of, or undefined where the text is no pseudonym. */
export function keyPeriodOf(pseudonym: string): string | undefined {
  return PSEUDONYM.exec(pseudonym)?.[1];
}
