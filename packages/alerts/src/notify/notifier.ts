import type { AlertMessage } from '../message.ts';

/** One way to tell somebody. */
export interface Notifier {
  /** For people and logs, without secrets: `mail to ops@example.com`, `webhook hooks.example.com`, `log`. */
  readonly name: string;
  /**
   * Sends a message once. Rejects with an `Error` whose message says why in a few words, without secrets and without
   * anything that the other side answered. Settles soon after `signal` is aborted.
   */
  send(message: AlertMessage, signal: AbortSignal): Promise<void>;
}
