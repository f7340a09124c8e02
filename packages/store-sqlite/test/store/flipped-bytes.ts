import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from '@jest/globals';
import {
  DAY_MS,
  DEFAULT_LIMITS,
  decodeWindow,
  encodeWindow,
  HOUR_MS,
  MINUTE_MS,
  Window,
  type WindowLimits,
} from '@tacho/core';
import { Keyring, type WindowRow } from '@tacho/store';
import type { OpenStoreOptions } from '../../src/engine/open-store.ts';
import { StoreEngine } from '../../src/engine/store-engine.ts';
import { dumpOfCounts, dumpOfStats, dumpOfUsers } from '../rows/dump.ts';
import { ALL_TIME, KEY_A, NOON_MS } from './test-store.ts';

const LIMITS: WindowLimits = DEFAULT_LIMITS;
/** So that days are there of which only hours are left. */
const RETENTION_MS = { minute: DAY_MS / 2, hour: 30 * DAY_MS, day: 30 * DAY_MS };
const BEGIN_MS = NOON_MS - 3 * DAY_MS;

interface Answers {
  readonly text: string;
  readonly skippedRows: number;
}

/** What came of a flipped byte. */
type Outcome = 'identical' | 'rows skipped' | 'moved aside' | 'refused' | 'DIFFERENT';

/** Flips bytes of a small store of all levels, and reads what is then in it. */
export class FlippedBytes {
  readonly #folder = mkdtempSync(join(tmpdir(), 'tacho-flips-'));
  readonly #options: OpenStoreOptions;
  readonly #bytes: Buffer;
  readonly #answers: Answers;

  constructor(encrypts: boolean) {
    this.#options = {
      path: join(this.#folder, 'tacho.db'),
      keyring: Keyring.of(encrypts ? [KEY_A] : []),
      limits: LIMITS,
      retentionMs: RETENTION_MS,
      maxBytes: 1e9,
      writer: 'keeper',
    };
    fill(this.#options);
    this.#bytes = readFileSync(this.#options.path);
    const engine = new StoreEngine(this.#options, () => {});
    this.#answers = answersOf(engine);
    engine.close();
    expect(this.#answers.skippedRows).toBe(0);
    expect(levelsIn(this.#options.path)).toEqual([0, 1, 2, 3, 'dropped days']);
  }

  get length(): number {
    return this.#bytes.length;
  }

  /** Flips a bit of each byte in turn. @returns how many came to what; none may be silently different */
  flip(positions: Iterable<number>): Record<string, number> {
    const counts: Record<string, number> = {};
    const different: number[] = [];
    for (const at of positions) {
      const outcome = this.#flipOne(at);
      counts[outcome] = (counts[outcome] ?? 0) + 1;
      if (outcome === 'DIFFERENT') different.push(at);
    }
    expect(different).toEqual([]);
    return counts;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }

  #flipOne(at: number): Outcome {
    for (const name of readdirSync(this.#folder)) rmSync(join(this.#folder, name), { recursive: true });
    const flipped = Buffer.from(this.#bytes);
    flipped[at] = flipped[at]! ^ (1 << ((at * 7919) % 8));
    writeFileSync(this.#options.path, flipped);
    const told: string[] = [];
    const engine = new StoreEngine(this.#options, ({ kind }) => told.push(kind));
    try {
      const { text, skippedRows } = answersOf(engine);
      if (told.includes('moved-aside')) return 'moved aside';
      if (skippedRows > 0) return 'rows skipped';
      return text === this.#answers.text ? 'identical' : 'DIFFERENT';
    } catch {
      return told.includes('unavailable') ? 'refused' : 'DIFFERENT';
    } finally {
      engine.close();
    }
  }
}

function fill(options: OpenStoreOptions): void {
  let sequence = 0;
  const moments = [
    ...Array.from({ length: 9 }, (_, index) => BEGIN_MS + 8 * index * HOUR_MS),
    ...Array.from({ length: 4 }, (_, index) => NOON_MS + index * (MINUTE_MS / 2)),
  ];
  for (const nowMs of moments) {
    // A process that has just begun believes that so much time has passed.
    const engine = new StoreEngine(options, () => {});
    engine.append(nowMs, [rowAt(nowMs, sequence++)]);
    while (engine.maintain(nowMs));
    engine.close();
  }
}

function levelsIn(path: string): unknown[] {
  const database = new DatabaseSync(path, { readOnly: true });
  const levels = database.prepare('SELECT DISTINCT level FROM window ORDER BY level').all();
  const dropped = database.prepare("SELECT name FROM meta WHERE name = 'dropped days'").all();
  database.close();
  return [...levels.map(({ level }) => level), ...dropped.map(({ name }) => name)];
}

function rowAt(startMs: number, sequence: number): WindowRow {
  const window = new Window(LIMITS, startMs, startMs + 10_000);
  for (let request = 0; request < 3; request++) {
    window.record({
      startMs,
      durationMs: 20 + sequence,
      method: 'GET',
      route: `/r${(sequence + request) % 5}`,
      status: 200,
      outcome: 'completed',
      user: `k1-${request}`,
      traceId: undefined,
    });
  }
  // A row of an hour now and then, as a process hands over that could not store anything for long.
  const spanMs = sequence % 5 === 4 ? HOUR_MS : MINUTE_MS;
  const minuteMs = Math.floor(startMs / MINUTE_MS) * MINUTE_MS;
  return { minuteMs, spanMs, writer: 'w', sequence, payload: encodeWindow(window) };
}

/** Of hours and days, of minutes, and of a day whose minutes are gone. */
const RANGES = [
  ALL_TIME,
  { fromMs: NOON_MS - HOUR_MS, toMs: NOON_MS + HOUR_MS },
  { fromMs: BEGIN_MS - HOUR_MS, toMs: BEGIN_MS + HOUR_MS },
];

function answersOf(engine: StoreEngine): Answers {
  const nowMs = NOON_MS + HOUR_MS;
  let skippedRows = 0;
  const windows = RANGES.map((range) => {
    const { parts, ...answer } = engine.read(nowMs, range);
    skippedRows += answer.skippedRows;
    const window = new Window(LIMITS);
    for (const part of parts) window.merge(decodeWindow(part, LIMITS));
    return { ...answer, counts: dumpOfCounts(window), users: dumpOfUsers(window) };
  });
  const series = [undefined, 'GET /r1'].map((endpoint) => {
    const { parts, ...answer } = engine.series(nowMs, { ...ALL_TIME, stepMs: HOUR_MS, endpoint });
    skippedRows += answer.skippedRows;
    const entries = parts.flatMap((part) => [...decodeWindow(part, LIMITS).endpoints.entries()]);
    return { ...answer, steps: entries.map(({ route, stats }) => [route, dumpOfStats(stats)]) };
  });
  return { text: JSON.stringify([windows, series]), skippedRows };
}
