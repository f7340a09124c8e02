import { CommandError, interruption } from '../../command-error.ts';
import type { CommandClock, Output, TakenTerminal, Terminal } from '../../environment.ts';
import type { Paint } from '../../paint.ts';
import { painted } from '../../screen-line.ts';
import { frame, type Scene } from '../frame.ts';
import { nextScene } from '../next-scene.ts';
import type { Progress } from '../progress.ts';
import type { ReportSource } from '../report-source.ts';
import type { Sample } from '../sample.ts';
import { SEEN_ENOUGH, type View } from '../view.ts';
import type { Board } from './board.ts';
import { type Composed, compose } from './compose.ts';
import { type Key, KeyReader } from './keys.ts';
import { Lookups } from './lookups.ts';
import { press, type Wish } from './press.ts';
import { ENTER, LEAVE, ScreenWriter } from './screen-writer.ts';
import { initialState, listInView, type ViewState } from './view-state.ts';

export interface InteractiveViewOptions {
  readonly output: Output;
  readonly terminal: Terminal;
  readonly source: ReportSource;
  readonly paint: Paint;
  readonly clock: CommandClock;
}

/** How long ESC may be the beginning of a key. */
const ESCAPE_MS = 50;

/**
 * Takes the terminal from the first answer to `close`, and obeys its keys. What was shown last is left behind, as the
 * live view leaves it.
 */
export class InteractiveView implements View {
  readonly #options: InteractiveViewOptions;
  readonly #ended = new AbortController();
  readonly #writer = new ScreenWriter();
  readonly #keys = new KeyReader();
  readonly #lookups: Lookups;
  #state: ViewState = initialState();
  /** The latest; what is on the screen may be an earlier one. */
  #latest: Scene | undefined;
  #scene: Scene | undefined;
  #taken: TakenTerminal | undefined;
  #stopResizing: (() => void) | undefined;

  constructor(options: InteractiveViewOptions) {
    this.#options = options;
    const { source, clock } = options;
    this.#lookups = new Lookups({
      source,
      clock,
      stop: this.#ended.signal,
      onChange: () => this.#draw(),
      onError: (error) => this.#ended.abort(error),
    });
  }

  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  show(sample: Sample, progress: Progress): void {
    this.#latest = nextScene(this.#latest, sample, progress, this.#options.source);
    if (this.#latest === undefined) return;
    if (this.#taken === undefined) this.#take();
    if (!this.#state.paused) this.#showLatest();
    this.#draw();
  }

  close(): void {
    this.#ended.abort(SEEN_ENOUGH);
    this.#stopResizing?.();
    if (this.#taken === undefined || this.#latest === undefined) return;
    this.#taken.release();
    const { output, paint } = this.#options;
    const lines = frame(this.#latest, output.columns, output.rows - 1);
    output.write(lines.map((line) => `${painted(line, paint)}\n`).join(''));
  }

  #take(): void {
    const { terminal, output } = this.#options;
    this.#stopResizing = output.onResize(() => this.#guarded(() => this.#redraw()));
    this.#taken = terminal.take({
      enter: ENTER,
      leave: LEAVE,
      onInput: (text) => this.#guarded(() => this.#hear(text)),
      onReturn: () => this.#guarded(() => this.#redraw()),
    });
  }

  #hear(text: string): void {
    for (const key of this.#keys.read(text)) this.#press(key);
    if (this.#keys.isWaiting) void this.#settleLater();
  }

  async #settleLater(): Promise<void> {
    const { clock } = this.#options;
    try {
      await clock.waitUntil(clock.elapsedMs() + ESCAPE_MS, this.#ended.signal);
    } catch {
      return;
    }
    this.#guarded(() => {
      for (const key of this.#keys.settle()) this.#press(key);
    });
  }

  #press(key: Key): void {
    if (this.#ended.signal.aborted) return;
    const { listed, page } = this.#composed();
    const before = this.#state;
    const view = { listed, page, slowRequests: this.#board().slowRequests };
    const { state, wish } = press(before, key, view);
    this.#state = state;
    if (before.paused && !state.paused) this.#showLatest();
    else if (isElsewhere(before, state)) this.#lookups.look(this.#state, { anew: true });
    if (wish !== undefined) this.#obey(wish);
    this.#draw();
  }

  #obey(wish: Wish): void {
    if (wish === 'end') this.#ended.abort(SEEN_ENOUGH);
    else if (wish === 'interrupt') this.#ended.abort(interruption('SIGINT'));
    else if (wish === 'stop') this.#taken?.stop();
    else if (wish === 'redraw') this.#writer.forget();
    else void this.#ask();
  }

  /** Outside the plan: no sample of the run. */
  async #ask(): Promise<void> {
    const { source, clock } = this.#options;
    const asked = this.#latest;
    if (asked === undefined) return;
    try {
      const reports = await source.reports(this.#ended.signal);
      this.#latest = { ...(this.#latest ?? asked), reports, answeredMs: clock.now(), missed: undefined };
    } catch (error) {
      if (this.#ended.signal.aborted) return;
      if (!(error instanceof CommandError)) return this.#ended.abort(error);
      this.#latest = { ...(this.#latest ?? asked), missed: error.message };
    }
    this.#guarded(() => {
      this.#showLatest();
      this.#draw();
    });
  }

  #showLatest(): void {
    this.#scene = this.#latest;
    this.#lookups.look(this.#state, { anew: false });
  }

  #redraw(): void {
    this.#writer.forget();
    this.#draw();
  }

  #draw(): void {
    if (this.#scene === undefined || this.#ended.signal.aborted) return;
    const { output, paint } = this.#options;
    const text = this.#writer.draw(this.#composed().lines.map((line) => painted(line, paint)));
    if (text !== '') output.write(text);
  }

  #composed(): Composed {
    const { columns, rows } = this.#options.output;
    return compose(this.#board(), this.#state, columns, rows);
  }

  #board(): Board {
    const scene = this.#scene ?? this.#latest;
    if (scene === undefined) throw new Error('there is nothing to show yet');
    const { history, slowRequests = scene.reports.slow_requests } = this.#lookups;
    return { scene, history, slowRequests };
  }

  /** What goes wrong in an event ends the command, as it would anywhere else. */
  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#ended.abort(error);
    }
  }
}

function isElsewhere(before: ViewState, now: ViewState): boolean {
  return (
    before.opened !== now.opened ||
    before.historyHours !== now.historyHours ||
    listInView(before) !== listInView(now)
  );
}
