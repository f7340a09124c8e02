import { type Cell, cell, flow, type ScreenLine } from '../../screen-line.ts';
import { shown } from '../../shown.ts';
import { cutToWidth, widthOf } from '../../text-width.ts';
import { utcSeconds } from '../../utc.ts';
import { hostCells, missedCells, progressCells, trafficCells } from '../frame.ts';
import type { Board } from './board.ts';
import { endpointLines } from './endpoint-lines.ts';
import { historyLines } from './history-lines.ts';
import { listLines } from './list-lines.ts';
import type { Listed } from './listing.ts';
import { listedIn } from './listings.ts';
import { selectedIndex } from './selection.ts';
import { listInView, TAB_TITLES, TABS, type ViewState } from './view-state.ts';

export interface Composed {
  /** At most as many as the terminal has rows, each at most as wide as it has columns. */
  readonly lines: readonly ScreenLine[];
  readonly listed: Listed;
  /** Rows of the list that fit. */
  readonly page: number;
}

/** A heading and a row. */
const MIN_LIST_LINES = 2;
/** What a list is left with before there is more above it, in order of worth. */
const ROOM = { failure: 3, figures: 6, detail: 3, history: 6 } as const;

/** The whole screen. Where rows are few, history goes first, then the host's figures, then the others. */
export function compose(board: Board, state: ViewState, columns: number, rows: number): Composed {
  const list = listInView(state);
  const listed = listedIn(board, list, state);
  const selected = selectedIndex(listed.rows, state.lists[list].selected);
  const foot = footLines(board, state, listed, columns, rows);
  const above = new Above([tabLine(board, state, columns)], rows - foot.length);
  const { scene } = board;
  above.add(flow(missedCells(scene), columns).slice(0, 2), ROOM.failure);
  if (list === 'opened') above.add(endpointLines(board, state.opened ?? '', columns), ROOM.detail);
  else if (list !== 'help') {
    above.add(flow(trafficCells(scene.reports), columns), ROOM.figures);
    above.add(flow(hostCells(scene.reports), columns), ROOM.figures);
  }
  if (list === 'opened' || list === 'endpoints')
    above.addWhole(historyLines(board.history, state.historyHours, columns), ROOM.history);
  const height = Math.max(0, rows - foot.length - above.lines.length);
  const lines = [...above.lines, ...listLines(listed, selected, columns, height)];
  while (lines.length < rows - foot.length) lines.push([]);
  return { lines: [...lines, ...foot].slice(0, rows), listed, page: Math.max(1, height - 1) };
}

/** What stands above the list, as far as there is room for it. */
class Above {
  readonly lines: ScreenLine[];
  readonly #rows: number;

  constructor(lines: readonly ScreenLine[], rows: number) {
    this.#rows = rows;
    this.lines = rows > MIN_LIST_LINES ? [...lines] : [];
  }

  /** As many of the lines as fit. @param listLines that the list is left with at the least */
  add(lines: readonly ScreenLine[], listLines: number): void {
    this.lines.push(...lines.slice(0, Math.max(0, this.#roomBeside(listLines))));
  }

  /** All of the lines, or none. */
  addWhole(lines: readonly ScreenLine[], listLines: number): void {
    if (lines.length <= this.#roomBeside(listLines)) this.lines.push(...lines);
  }

  #roomBeside(listLines: number): number {
    return this.#rows - this.lines.length - listLines;
  }
}

/** The views, the one in view in brackets, and as far as there is room, what is watched. */
function tabLine({ scene }: Board, state: ViewState, width: number): ScreenLine {
  const tabs = TABS.map((tab, index): Cell => {
    const isInView = tab === state.tab && !state.help;
    const title = `${index + 1} ${TAB_TITLES[tab]}`;
    return isInView ? cell(`[${title}]`, 'heading') : cell(title, 'faint');
  });
  const paused = state.paused ? [cell('PAUSED', 'attention')] : [];
  const source = cell(`tacho ${shown(scene.source, 200)}`, 'heading');
  const [wide] = flow([...paused, ...tabs, source, cell(utcSeconds(scene.answeredMs), 'faint')], width);
  const short = TABS.map((tab, index) =>
    tab === state.tab ? tabs[index]! : cell(String(index + 1), 'faint'),
  );
  const [narrow] = flow([...paused, ...short], width);
  const hasAllTabs = (wide?.length ?? 0) >= paused.length + tabs.length;
  return (hasAllTabs ? wide : narrow) ?? [];
}

/** What was typed, or which keys there are; where there is room, how far the run has come. */
function footLines(
  { scene }: Board,
  state: ViewState,
  { rows, total }: Listed,
  width: number,
  height: number,
): ScreenLine[] {
  const { filter } = state.lists[listInView(state)];
  const found = `${rows.length} of ${total}`;
  const keys: ScreenLine = state.typing
    ? promptLine(filter, found, width)
    : keyLine(state, filter, found, width);
  const [progress = []] = flow(progressCells(scene), width);
  return height < 8 ? [keys] : [progress, keys];
}

/** The end of what was typed, with a cursor of its own behind it. */
function promptLine(filter: string, found: string, width: number): ScreenLine {
  const typed = shown(filter, 1000);
  const characters = [...typed];
  while (characters.length > 0 && widthOf(`/${characters.join('')}_`) > width) characters.shift();
  const prompt = cell(cutToWidth(`/${characters.join('')}_`, width), 'heading');
  return flow([prompt, cell(found, 'faint')], width)[0] ?? [];
}

function keyLine(state: ViewState, filter: string, found: string, width: number): ScreenLine {
  const filtered = filter === '' ? [] : [cell(shown(`/${filter}`, 30), 'heading'), cell(found, 'faint')];
  const enter = listInView(state) === 'endpoints' || listInView(state) === 'slow' ? ['enter open'] : [];
  const back = state.help || state.opened !== undefined || filter !== '' ? ['esc back'] : [];
  const keys = [
    'q end',
    '? help',
    ...back,
    ...enter,
    '/ filter',
    's sort',
    'i invert',
    'tab view',
    'p pause',
    'r ask now',
  ];
  return flow([...filtered, ...keys.map((text) => cell(text, 'faint'))], width)[0] ?? [];
}
