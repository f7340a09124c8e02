import type { Sort } from './listing.ts';

/** The views that one comes to by a number or by Tab. */
export const TABS = ['endpoints', 'slow', 'system', 'processes'] as const;
export type Tab = (typeof TABS)[number];

export const TAB_TITLES: Readonly<Record<Tab, string>> = {
  endpoints: 'endpoints',
  slow: 'slow requests',
  system: 'system',
  processes: 'processes',
};

/** Every list: those of the views, the slow requests of an endpoint that was opened, and the help. */
export type ListName = Tab | 'opened' | 'help';

/** How far back history reaches, in hours: one after the other. */
export const HISTORY_HOURS = [24, 1, 168] as const;

export interface ListState {
  readonly sort: Sort;
  readonly filter: string;
  /** The row that is selected, and where it was when it was: the one that is there now where it has gone. */
  readonly selected: { readonly key: string | undefined; readonly index: number };
}

/** Where somebody is in the interactive view. What there is to see is no part of it: see `Board`. */
export interface ViewState {
  readonly tab: Tab;
  /** `METHOD route` of the endpoint that is looked at more closely. */
  readonly opened: string | undefined;
  readonly help: boolean;
  /** Whether what is typed goes into the filter. */
  readonly typing: boolean;
  readonly paused: boolean;
  /** Of `HISTORY_HOURS`. */
  readonly historyHours: number;
  readonly lists: Readonly<Record<ListName, ListState>>;
}

export function initialState(): ViewState {
  return {
    tab: 'endpoints',
    opened: undefined,
    help: false,
    typing: false,
    paused: false,
    historyHours: HISTORY_HOURS[0],
    lists: {
      endpoints: sortedBy(1),
      slow: sortedBy(1),
      opened: sortedBy(1),
      system: sortedBy(0),
      processes: sortedBy(1),
      help: sortedBy(0),
    },
  };
}

/** The list in view. */
export function listInView({ help, opened, tab }: ViewState): ListName {
  if (help) return 'help';
  return opened === undefined ? tab : 'opened';
}

function sortedBy(column: number): ListState {
  return { sort: { column, inverted: false }, filter: '', selected: { key: undefined, index: 0 } };
}
