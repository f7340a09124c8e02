import { harmlessly } from '../harmlessly.ts';
import { unheldTimeout } from '../unheld-timeout.ts';
import { unobserved } from '../unobserved.ts';
import { type Failure, failureOfError, TIMED_OUT, textOfError } from './failure.ts';

/** What exporters of spans and of metrics have in common. */
export interface Exporter<Batch> {
  export(batch: Batch, done: (result: { code: number; error?: Error }) => void): void;
  shutdown(): Promise<void>;
}

/** What an exporter sends over, as far as we can tell. Undefined for gRPC, which keeps its deadlines by itself. */
export interface Connection {
  readonly failure: Failure | undefined;
  abort(): void;
}

/** How long an exporter may take to tell that it was stopped. */
const GRACE_MS = 500;

export interface AttemptOptions {
  readonly connection: Connection | undefined;
  readonly limitMs: number;
  /** Ends it before that. */
  readonly signal: AbortSignal;
}

/**
 * Sends a batch, once.
 * @returns why it came to nothing; undefined where the backend has taken it. Never rejects, settles half a second after
 *   the limit or the signal at the latest, and does not hold the process.
 */
export function attempt<Batch>(
  exporter: Exporter<Batch>,
  batch: Batch,
  { connection, limitMs, signal }: AttemptOptions,
): Promise<Failure | undefined> {
  return new Promise((settle) => {
    let isGivenUp = false;
    let timer: NodeJS.Timeout | undefined;
    const giveUp = (): void => {
      isGivenUp = true;
      try {
        clearTimeout(timer);
        timer = unheldTimeout(() => finish(TIMED_OUT), GRACE_MS);
        connection?.abort();
      } catch {
        finish(TIMED_OUT);
      }
    };
    const finish = (failure: Failure | undefined): void => {
      settle(failure);
      harmlessly(() => clearTimeout(timer));
      harmlessly(() => signal.removeEventListener('abort', giveUp));
    };
    try {
      timer = unheldTimeout(giveUp, limitMs);
      signal.addEventListener('abort', giveUp);
      unobserved(() =>
        exporter.export(batch, ({ code, error }) => {
          if (code === 0) finish(undefined);
          else finish(isGivenUp ? TIMED_OUT : (connection?.failure ?? failureOfError(error)));
        }),
      );
    } catch (error) {
      finish({ why: 'refused', text: textOfError(error) });
    }
  });
}
