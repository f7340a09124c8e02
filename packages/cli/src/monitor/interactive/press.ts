import type { SlowRequest } from '@tacho/api-contract';
import type { Key, KeyName } from './keys.ts';
import type { Listed } from './listing.ts';
import { selectedIndex } from './selection.ts';
import { endpointOf, slowRequestKey } from './slow-request.ts';
import { HISTORY_HOURS, type ListState, listInView, TABS, type ViewState } from './view-state.ts';

/** What is to be seen, as far as keys depend on it. */
export interface InView {
  readonly listed: Listed;
  /** Rows of the list that fit on the screen; at least 1. */
  readonly page: number;
  readonly slowRequests: readonly SlowRequest[];
}

/** What a key asks for beyond another state. */
export type Wish = 'end' | 'interrupt' | 'stop' | 'ask' | 'redraw';

export interface Pressed {
  readonly state: ViewState;
  readonly wish?: Wish;
}

const MAX_FILTER_LENGTH = 200;

const WISHES: Readonly<Partial<Record<string, Wish>>> = {
  'ctrl-c': 'interrupt',
  'ctrl-z': 'stop',
  'ctrl-l': 'redraw',
};

/** What a key does. Keys that mean nothing here do nothing. */
export function press(state: ViewState, key: Key, view: InView): Pressed {
  const name = 'name' in key ? key.name : key.character;
  const wish = WISHES[name];
  if (wish !== undefined) return { state, wish };
  const moved = 'name' in key ? move(state, key.name, view) : undefined;
  if (moved !== undefined) return { state: moved };
  if (state.typing) return { state: type(state, key) };
  return command(state, name, view);
}

/** The keys that walk through the list, also while a filter is typed. */
function move(state: ViewState, name: KeyName, { listed, page }: InView): ViewState | undefined {
  const at = selectedIndex(listed.rows, state.lists[listInView(state)].selected);
  const last = listed.rows.length - 1;
  const to = { up: at - 1, down: at + 1, 'page-up': at - page, 'page-down': at + page, home: 0, end: last }[
    name as string
  ];
  return to === undefined ? undefined : select(state, listed, to);
}

function type(state: ViewState, key: Key): ViewState {
  const { filter } = state.lists[listInView(state)];
  if ('character' in key) return withFilter(state, (filter + key.character).slice(0, MAX_FILTER_LENGTH));
  if (key.name === 'backspace') return withFilter(state, [...filter].slice(0, -1).join(''));
  if (key.name === 'ctrl-u') return withFilter(state, '');
  if (key.name === 'escape') return { ...withFilter(state, ''), typing: false };
  return key.name === 'enter' ? { ...state, typing: false } : state;
}

function command(state: ViewState, name: string, view: InView): Pressed {
  switch (name) {
    case 'q':
      return { state, wish: 'end' };
    case 'r':
      return { state, wish: 'ask' };
    case 'p':
      return { state: { ...state, paused: !state.paused } };
    case '?':
      return { state: { ...state, help: !state.help } };
    case '/':
      return { state: { ...state, typing: true } };
    case 't':
      return { state: { ...state, historyHours: afterIn(HISTORY_HOURS, state.historyHours, 1) } };
    case 'enter':
      return { state: open(state, view) };
    case 'escape':
    case 'backspace':
      return { state: back(state) };
    default:
      return { state: walk(state, name, view) ?? sort(state, name, view) ?? turn(state, name) ?? state };
  }
}

/** As in vi and less. */
function walk(state: ViewState, name: string, view: InView): ViewState | undefined {
  const key = ({ k: 'up', j: 'down', g: 'home', G: 'end' } as const)[name];
  return key && move(state, key, view);
}

function sort(state: ViewState, name: string, { listed }: InView): ViewState | undefined {
  const { sort } = state.lists[listInView(state)];
  if (name === 'i') return withList(state, { sort: { ...sort, inverted: !sort.inverted } });
  const step = ({ right: 1, '>': 1, s: 1, left: -1, '<': -1, S: -1 } as const)[name];
  if (step === undefined) return undefined;
  const count = listed.titles.length;
  return withList(state, { sort: { column: (listed.sortedBy + step + count) % count, inverted: false } });
}

function turn(state: ViewState, name: string): ViewState | undefined {
  const step = ({ tab: 1, 'shift-tab': -1 } as const)[name];
  const tab = step === undefined ? TABS[Number(name) - 1] : afterIn(TABS, state.tab, step);
  return tab && { ...state, tab, opened: undefined, help: false };
}

function open(state: ViewState, { listed, slowRequests }: InView): ViewState {
  const list = listInView(state);
  const key = listed.rows[selectedIndex(listed.rows, state.lists[list].selected)]?.key;
  if (list === 'endpoints' && key !== undefined) return { ...state, opened: key };
  const request = list === 'slow' && slowRequests.find((one) => slowRequestKey(one) === key);
  return request ? { ...state, opened: endpointOf(request) } : state;
}

/** One step out: of the help, of an endpoint, and last of a filter. */
function back(state: ViewState): ViewState {
  if (state.help) return { ...state, help: false };
  if (state.lists[listInView(state)].filter !== '') return withFilter(state, '');
  return { ...state, opened: undefined };
}

function select(state: ViewState, { rows }: Listed, to: number): ViewState {
  const index = Math.max(0, Math.min(to, rows.length - 1));
  return withList(state, { selected: { key: rows[index]?.key, index } });
}

function withFilter(state: ViewState, filter: string): ViewState {
  return withList(state, { filter });
}

function withList(state: ViewState, change: Partial<ListState>): ViewState {
  const list = listInView(state);
  return { ...state, lists: { ...state.lists, [list]: { ...state.lists[list], ...change } } };
}

function afterIn<T>(all: readonly T[], one: T, step: number): T {
  return all[(all.indexOf(one) + step + all.length) % all.length] ?? one;
}
