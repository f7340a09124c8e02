import type { Keyring } from '@tacho/store';

/** What a tool is given by whoever runs it. Tools are synchronous, and run where nobody waits for them. */
export interface ToolContext {
  readonly keyring: Keyring;
  /** Epoch milliseconds. */
  readonly nowMs: number;
  /** Called now and then. @param total undefined while it is not known */
  report(done: number, total: number | undefined): void;
  /** A file that is to be removed, with what SQLite keeps beside it, where the work is given up. */
  temporary(path: string): void;
}
