import type { AlertMessage } from '../message.ts';

/** One way to tell somebody. */
export interface Notifier {
  /** For people and logs, without secrets: `mail to ops@example.com`, `webhook hooks.example.com`, `log`. */
  readonly name: string;
  /** How long one attempt may take. */
  readonly limitMs: number;
  /**
   * Sends a message once. Rejects with an `Error` whose message says why in a few words, without secrets and without
   * anything that the other side answered: with a `NotSent` where it is known whether another attempt makes sense.
   * Settles soon after `signal` is aborted.
   */
  send(message: AlertMessage, signal: AbortSignal): Promise<void>;
}
