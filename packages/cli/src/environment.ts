import type { StoreTools } from '@tacho/store';

/** Everything that a command takes from the process it runs in. */
export interface Environment {
  /** Of tacho, for `--version`. */
  readonly version: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** What relative paths start from. */
  readonly folder: string;
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: TextOutput;
  /** The terminal that stdin and stdout both are; undefined where they are anything else. */
  readonly terminal?: Terminal | undefined;
  readonly clock: CommandClock;
  readonly fetch: typeof globalThis.fetch;
  /** What does the work on a store's file; loaded when it is first asked for. */
  readonly stores: StoreTools;
  /** What tacho itself makes of variables; loaded when it is first called. */
  readonly checkVariables: CheckVariables;
  /** Aborted when a signal asks the process to end. The reason is the `CommandError` to end with. */
  readonly interrupted: AbortSignal;
}

/** No text of what it returns holds a secret. */
export type CheckVariables = (variables: Environment['variables']) => {
  /** A line for each variable that is left out, and why. Begins with its name. */
  readonly warnings: readonly string[];
  /** The names of all variables of tacho's own. */
  readonly known: readonly string[];
};

export interface Input extends AsyncIterable<Uint8Array> {
  readonly isTerminal: boolean;
}

export interface TextOutput {
  readonly isTerminal: boolean;
  /** Of the terminal now; 80 where it does not say, or is none. */
  readonly columns: number;
  write(text: string): void;
}

export interface Output extends TextOutput {
  /** Of the terminal now; 24 where it does not say, or is none. */
  readonly rows: number;
  /** @returns stops it */
  onResize(listener: () => void): () => void;
  /** Resolves once everything written has been taken or refused; never rejects. */
  flush(): Promise<void>;
  /**
   * Aborted when nothing more can be written. The reason is the `CommandError` to end with: exit code 0 where
   * the reader has seen enough.
   */
  readonly closed: AbortSignal;
}

/** A terminal, for a view that takes all of it. */
export interface Terminal {
  /** Throws the operating system's error where it can't be taken; it is then as it was. */
  take(holder: TerminalHolder): TakenTerminal;
}

export interface TerminalHolder {
  /** Written as the terminal is taken, and again where the process goes on after it was stopped. */
  readonly enter: string;
  /** Written as the terminal is given back, however that comes: also where the process is stopped, or ends. */
  readonly leave: string;
  /** What is typed, at once: none of it is shown, and none is a signal. */
  onInput(text: string): void;
  /** The process goes on after it was stopped. Another has written to the screen meanwhile. */
  onReturn(): void;
}

export interface TakenTerminal {
  /** Stops the process, as Ctrl-Z does where keys are signals, with the terminal given back as long as it is stopped. */
  stop(): void;
  /** Gives the terminal back, as it was. Idempotent. */
  release(): void;
}

/** Two times: the calendar's, which may jump, and one that only runs forward. */
export interface CommandClock {
  /** Epoch milliseconds, UTC; for what is shown and saved. */
  now(): number;
  /** Milliseconds since some moment in the past; for deadlines. */
  elapsedMs(): number;
  /**
   * Resolves when `elapsedMs()` has reached `momentMs`; rejects with the signal's reason once that is
   * aborted.
   */
  waitUntil(momentMs: number, signal: AbortSignal): Promise<void>;
  /** Aborted after `delayMs` with a `TimeoutError`. Does not hold the process open. */
  timeout(delayMs: number): AbortSignal;
}
