/** Why a message could not be sent, in a few words for people: no secret, and nothing that the other side answered. */
export class NotSent extends Error {
  /** Whether the same message may be taken another time; where not, nobody is asked again. */
  readonly isWorthRetrying: boolean;
  /** For how long the other side asks to be left alone. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, retry: { readonly isWorthRetrying: boolean; readonly retryAfterMs?: number }) {
    super(message);
    this.name = 'NotSent';
    this.isWorthRetrying = retry.isWorthRetrying;
    this.retryAfterMs = retry.retryAfterMs;
  }
}

/** For what another attempt may well change. */
export function notNow(message: string, retryAfterMs?: number): NotSent {
  return new NotSent(message, {
    isWorthRetrying: true,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

/** For what no attempt will change. */
export function notEver(message: string): NotSent {
  return new NotSent(message, { isWorthRetrying: false });
}
