import type { StoreTools } from '@tacho/store';
import { interruption } from '../src/command-error.ts';
import type { Environment, Output, TakenTerminal, TerminalHolder, TextOutput } from '../src/environment.ts';
import { main } from '../src/main.ts';
import { VirtualClock } from './virtual-clock.ts';

export interface SessionOptions {
  variables?: Record<string, string>;
  /** Whether keys of the terminal can be read one by one. */
  keyboard?: boolean;
  /** The terminal's size; pipes where there is none. */
  terminal?: { columns: number; rows: number };
  stdin?: AsyncIterable<Uint8Array>;
  folder?: string;
  /** What a command may ask for that works on a store's file. */
  stores?: StoreTools;
}

/** The command in this process, with all that it reads and writes in the hands of a test. */
export class Session {
  readonly clock = new VirtualClock();
  readonly environment: Environment;
  /** Each write to stdout. */
  readonly writes: string[] = [];
  stderr = '';
  /** How often the process would have been stopped. */
  stops = 0;
  #holder: TerminalHolder | undefined;
  readonly #interrupt = new AbortController();
  readonly #closed = new AbortController();
  readonly #resized = new Set<() => void>();
  readonly #size: { columns: number; rows: number };

  constructor({
    variables = {},
    keyboard = false,
    terminal,
    stdin = bytes(''),
    folder = '/',
    stores,
  }: SessionOptions = {}) {
    const isTerminal = terminal !== undefined;
    this.#size = { columns: 80, rows: 24, ...terminal };
    this.environment = {
      version: '1.2.3',
      variables,
      folder,
      stdin: { isTerminal, [Symbol.asyncIterator]: () => stdin[Symbol.asyncIterator]() },
      stdout: this.#output(isTerminal),
      stderr: this.#errorOutput(isTerminal),
      terminal: keyboard ? { take: (holder) => this.#take(holder) } : undefined,
      clock: this.clock,
      fetch: globalThis.fetch,
      get stores() {
        if (stores === undefined) throw new Error('this command was to need no stores');
        return stores;
      },
      checkVariables: () => ({ warnings: [], known: [] }),
      interrupted: this.#interrupt.signal,
    };
  }

  /** @returns the exit code */
  run(...argv: string[]): Promise<number> {
    return main(argv, this.environment);
  }

  get stdout(): string {
    return this.writes.join('');
  }

  get lines(): string[] {
    return this.stdout.split('\n').slice(0, -1);
  }

  /** What the terminal sends for keys, while somebody reads them. */
  type(text: string): void {
    this.#holder?.onInput(text);
  }

  get isTaken(): boolean {
    return this.#holder !== undefined;
  }

  #take(holder: TerminalHolder): TakenTerminal {
    this.#holder = holder;
    this.writes.push(holder.enter);
    const letGo = () => {
      if (this.#holder !== undefined) this.writes.push(holder.leave);
      this.#holder = undefined;
    };
    return {
      stop: () => {
        this.stops += 1;
        letGo();
        this.#holder = holder;
        this.writes.push(holder.enter);
        holder.onReturn();
      },
      release: letGo,
    };
  }

  interrupt(signal: NodeJS.Signals = 'SIGINT'): void {
    this.#interrupt.abort(interruption(signal));
  }

  /** Lets stdout end as `reason` says. */
  closeStdout(reason: Error): void {
    this.#closed.abort(reason);
  }

  resize(columns: number, rows: number): void {
    Object.assign(this.#size, { columns, rows });
    for (const listener of this.#resized) listener();
  }

  get resizeListeners(): number {
    return this.#resized.size;
  }

  #errorOutput(isTerminal: boolean): TextOutput {
    const size = this.#size;
    return {
      isTerminal,
      get columns() {
        return size.columns;
      },
      write: (text) => {
        this.stderr += text;
      },
    };
  }

  #output(isTerminal: boolean): Output {
    const size = this.#size;
    return {
      isTerminal,
      get columns() {
        return size.columns;
      },
      get rows() {
        return size.rows;
      },
      write: (text) => {
        this.writes.push(text);
      },
      onResize: (listener) => {
        this.#resized.add(listener);
        return () => this.#resized.delete(listener);
      },
      flush: async () => {},
      closed: this.#closed.signal,
    };
  }
}

export async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
