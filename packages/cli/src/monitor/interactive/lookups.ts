import type { SlowRequests } from '@tacho/api-contract';
import { SECOND_MS } from '@tacho/core';
import { CommandError } from '../../command-error.ts';
import type { CommandClock } from '../../environment.ts';
import type { ReportSource } from '../report-source.ts';
import { type HistoryOnBoard, NO_HISTORY } from './board.ts';
import { listInView, type ViewState } from './view-state.ts';

export interface LookupsOptions {
  readonly source: ReportSource;
  readonly clock: Pick<CommandClock, 'elapsedMs'>;
  readonly stop: AbortSignal;
  /** Something has come. */
  onChange(): void;
  /** A mistake of ours: whatever is wrong with the source stands in what has come. */
  onError(error: unknown): void;
}

/** History is told by the minute at the finest: no need to ask for it with each sample. */
const HISTORY_EVERY_MS = 10 * SECOND_MS;

/** What a sample does not have, and is only asked for while it is in view. */
export class Lookups {
  readonly #options: LookupsOptions;
  #history: HistoryOnBoard = NO_HISTORY;
  #slowRequests: SlowRequests | undefined;
  /** Names what the history is of. */
  #historyOf = '';
  #historyAskedMs = Number.NEGATIVE_INFINITY;
  #isAskingForSlow = false;

  constructor(options: LookupsOptions) {
    this.#options = options;
  }

  get history(): HistoryOnBoard {
    return this.#history;
  }

  /** Undefined until they are known. */
  get slowRequests(): SlowRequests | undefined {
    return this.#slowRequests;
  }

  /** Asks for what is missing in the view, or has grown old. @param anew something else has come into view */
  look(state: ViewState, { anew }: { anew: boolean }): void {
    const list = listInView(state);
    if (list === 'endpoints' || list === 'opened') void this.#lookBack(state);
    if (list === 'slow' || list === 'opened') void this.#lookAtSlow();
    else if (!anew) this.#slowRequests = undefined;
  }

  async #lookBack({ opened, historyHours }: ViewState): Promise<void> {
    const { source, clock, stop } = this.#options;
    const of = `${historyHours} ${opened ?? ''}`;
    const nowMs = clock.elapsedMs();
    const isOther = of !== this.#historyOf;
    if (!isOther && nowMs - this.#historyAskedMs < HISTORY_EVERY_MS) return;
    this.#historyOf = of;
    this.#historyAskedMs = nowMs;
    if (isOther) this.#history = NO_HISTORY;
    await this.#told(
      async () => {
        const trends = await source.trends(opened, historyHours, stop);
        if (this.#historyOf === of) this.#history = { trends, missed: undefined };
      },
      (missed) => {
        if (this.#historyOf === of) this.#history = { ...this.#history, missed };
      },
    );
  }

  async #lookAtSlow(): Promise<void> {
    if (this.#isAskingForSlow) return;
    this.#isAskingForSlow = true;
    const { source, stop } = this.#options;
    await this.#told(
      async () => {
        this.#slowRequests = await source.slowRequests(stop);
      },
      () => {},
    );
    this.#isAskingForSlow = false;
  }

  async #told(work: () => Promise<void>, onMissed: (missed: string) => void): Promise<void> {
    const { stop, onChange, onError } = this.#options;
    try {
      await work();
    } catch (error) {
      if (stop.aborted) return;
      if (!(error instanceof CommandError)) return onError(error);
      onMissed(error.message);
    }
    try {
      onChange();
    } catch (error) {
      onError(error);
    }
  }
}
