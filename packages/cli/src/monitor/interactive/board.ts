import type { SlowRequests, Trends } from '@tacho/api-contract';
import type { Scene } from '../frame.ts';

/** All that the interactive view has to show at one moment. */
export interface Board {
  readonly scene: Scene;
  /** As many as are known, slowest first. */
  readonly slowRequests: SlowRequests;
  readonly history: HistoryOnBoard;
}

/** How the endpoint in view went, or all of them together. */
export interface HistoryOnBoard {
  /** Undefined until it is known. */
  readonly trends: Trends | undefined;
  /** Why there is none, or no newer one. */
  readonly missed: string | undefined;
}

export const NO_HISTORY: HistoryOnBoard = { trends: undefined, missed: undefined };
