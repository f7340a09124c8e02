import type { Clock } from '@tacho/core';
import type { AlertMessage } from '../message.ts';
import { after } from './after.ts';
import { NotSent, notNow } from './not-sent.ts';
import type { Notifier } from './notifier.ts';

export interface AttemptOptions {
  readonly clock: Clock;
  readonly unobserved: <T>(work: () => T) => T;
  readonly limitMs: number;
}

export interface Attempt {
  /** Why the message was not sent; undefined where it was. Never rejects. */
  readonly settled: Promise<NotSent | undefined>;
  end(): void;
}

const MAX_REASON = 200;

/** Sends a message once, for as long as it may take and no longer, whatever the notifier does. */
export function attempt(notifier: Notifier, message: AlertMessage, options: AttemptOptions): Attempt {
  const { clock, unobserved, limitMs } = options;
  const ending = new AbortController();
  const cutOff = Promise.withResolvers<NotSent>();
  const endFor = (why: string): void => {
    cutOff.resolve(notNow(why));
    ending.abort();
  };
  const stopWaiting = after(clock, limitMs, () => endFor(`no success within ${limitMs / 1_000} s`));
  const sent = (async () => {
    await unobserved(() => notifier.send(message, ending.signal));
    return undefined;
  })().catch(reasonOf);
  const settled = Promise.race([sent, cutOff.promise]).finally(stopWaiting);
  return { settled, end: () => endFor('was ended') };
}

function reasonOf(thrown: unknown): NotSent {
  if (thrown instanceof NotSent) return thrown;
  return notNow(
    thrown instanceof Error && thrown.message !== '' ? thrown.message.slice(0, MAX_REASON) : 'failed',
  );
}
