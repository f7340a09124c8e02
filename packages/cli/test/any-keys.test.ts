import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Board } from '../src/monitor/interactive/board.ts';
import { compose } from '../src/monitor/interactive/compose.ts';
import { type Key, KeyReader } from '../src/monitor/interactive/keys.ts';
import { press } from '../src/monitor/interactive/press.ts';
import { ScreenWriter } from '../src/monitor/interactive/screen-writer.ts';
import { initialState } from '../src/monitor/interactive/view-state.ts';
import { lineWidth, type ScreenLine } from '../src/screen-line.ts';
import { aMetric, anEndpoint, aProcess, aSlowRequest, aSummary, someTrends } from './reports.ts';
import { Screen } from './screen.ts';

const HOSTILE = '\x1b[2J\x1b]0;x\x07\u202e\u0301名前👩‍👩‍👧\ud800';
const NAMES = fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.constant(HOSTILE));
const COUNTS = fc.nat({ max: 2 ** 50 });
const SECONDS = fc.double({ min: 0, max: 100_000, noNaN: true });

const boards: fc.Arbitrary<Board> = fc.record({
  scene: fc.record({
    source: NAMES,
    hours: fc.constantFrom(1, 24, 720),
    answeredMs: fc.constant(0),
    missed: fc.option(NAMES, { nil: undefined }),
    progress: fc.constant({ sample: 1, samples: 2, nextMs: 0 }),
    reports: fc.record({
      summary: fc.record({ total_requests: COUNTS }).map(aSummary),
      endpoints: fc.dictionary(
        NAMES,
        fc.record({ count: COUNTS, p95: fc.option(SECONDS), aborted: COUNTS }).map(anEndpoint),
        { maxKeys: 12 },
      ),
      slow_requests: fc.constant([]),
      system_metrics: fc.array(
        fc
          .record({ cpu_percent: fc.option(SECONDS), memory_available: fc.option(COUNTS) })
          .map((fields) => aMetric({ ...fields, processes: [aProcess({ v8js_memory_heap_used: 2 ** 50 })] })),
        { maxLength: 3 },
      ),
    }),
  }),
  slowRequests: fc.array(
    fc.record({ endpoint: NAMES, method: NAMES, trace_id: fc.option(NAMES) }).map(aSlowRequest),
    { maxLength: 20 },
  ),
  history: fc.record({
    trends: fc.option(fc.constant(someTrends()), { nil: undefined }),
    missed: fc.option(NAMES, { nil: undefined }),
  }),
});

const NAMED = [
  '\x1b[A \x1b[B \x1b[C \x1b[D \x1b[5~ \x1b[6~ \x1b[H \x1b[F \x1bOA \r \x7f \t \x1b[Z \x1b[1;5C \x1bx \x15'.split(
    ' ',
  ),
  [...'qrptisS<>jkgG?/1234'],
].flat();
const typed = fc.array(fc.oneof(fc.constantFrom(...NAMED), NAMES, fc.constant('\x1b')), { maxLength: 15 });
const columns = fc.integer({ min: 20, max: 200 });
const rows = fc.integer({ min: 5, max: 60 });

function keysOf(texts: readonly string[]): Key[] {
  const reader = new KeyReader();
  return texts.flatMap((text) => [...reader.read(text), ...reader.settle()]);
}

function textOf(lines: readonly ScreenLine[]): string {
  return lines.map((line) => line.map(({ text }) => text).join('  ')).join('\n');
}

describe('the interactive view', () => {
  it('fits the terminal and obeys nobody but its keys, whatever is typed and shown', () => {
    fc.assert(
      fc.property(boards, typed, columns, rows, (board, texts, width, height) => {
        let state = initialState();
        const check = () => {
          const composed = compose(board, state, width, height);
          expect(composed.lines).toHaveLength(height);
          expect(Math.max(...composed.lines.map(lineWidth))).toBeLessThanOrEqual(width);
          expect(textOf(composed.lines).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cs}\p{Bidi_Control}]/u);
          return composed;
        };
        for (const key of keysOf(texts)) {
          const { listed, page } = compose(board, state, width, height);
          ({ state } = press(state, key, { listed, page, slowRequests: board.slowRequests }));
        }
        const { listed } = check();
        // Something is selected wherever there is something, and it is in view.
        if (listed.rows.length > 0) expect(textOf(check().lines)).toMatch(/^> /m);
      }),
      { numRuns: 30 },
    );
  });

  it('shows by changes what it would show anew', () => {
    const screens = fc.array(fc.string({ unit: 'grapheme-ascii', maxLength: 30 }), { maxLength: 8 });
    fc.assert(
      fc.property(fc.array(fc.option(screens), { maxLength: 6 }), (frames) => {
        const writer = new ScreenWriter();
        const screen = new Screen(30);
        screen.write('\x1b[?7l');
        for (const lines of frames) {
          if (lines === null) writer.forget();
          else screen.write(writer.draw(lines));
        }
        const last = frames.findLast((lines) => lines !== null) ?? [];
        const seen = last.map((line) => line.trimEnd());
        expect(screen.lines).toEqual(seen.slice(0, seen.findLastIndex((line) => line !== '') + 1));
      }),
    );
  });

  it('writes nothing where nothing has changed', () => {
    const writer = new ScreenWriter();
    expect(writer.draw(['a', '', 'b'])).toContain('\x1b[1;1H');
    expect(writer.draw(['a', '', 'b'])).toBe('');
    const change = writer.draw(['a', 'c', 'b']);
    expect([1, 2, 3].map((line) => change.includes(`\x1b[${line};1H`))).toEqual([false, true, false]);
  });
});

describe('keys', () => {
  it('are the same however they come in pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...NAMED)), fc.array(fc.nat({ max: 5 })), (texts, cuts) => {
        const whole = texts.join('');
        const reader = new KeyReader();
        const keys: Key[] = [];
        let at = 0;
        for (const cut of cuts) {
          keys.push(...reader.read(whole.slice(at, at + cut)));
          at += cut;
        }
        keys.push(...reader.read(whole.slice(at)));
        expect(keys).toEqual(new KeyReader().read(whole));
        expect(reader.isWaiting).toBe(false);
      }),
    );
  });

  it('are ESC where nothing follows it, and nothing where it is no key of ours', () => {
    const reader = new KeyReader();
    expect(reader.read('\x1b')).toEqual([]);
    expect(reader.isWaiting).toBe(true);
    expect(reader.settle()).toEqual([{ name: 'escape' }]);
    expect(reader.read('\x1b[200~\x1bOP\x00\x9b')).toEqual([]);
    expect(reader.read(`\x1b[${'1;'.repeat(100)}`)).toEqual([]);
    expect(reader.isWaiting).toBe(false);
  });
});
