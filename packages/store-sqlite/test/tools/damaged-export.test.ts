import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DAY_MS, type TachoError } from '@tacho/core';
import { exportStore } from '../../src/tools/export.ts';
import { importStore } from '../../src/tools/import.ts';
import { requestsIn } from '../rows/plain-rows.ts';
import { ALL_TIME, NOON_MS, StoreBench } from '../rows/store-bench.ts';
import { contentOf, measure, type OpenRows } from './stores.ts';
import { toolRun } from './tool-run.ts';

let source: StoreBench;
let target: StoreBench;
let store: OpenRows;
let folder: string;
let lines: string[];

beforeAll(() => {
  [source, target] = [new StoreBench(), new StoreBench()];
  folder = mkdtempSync(join(tmpdir(), 'tacho-export-'));
  measure(source.open(), { fromMs: NOON_MS - DAY_MS, minutes: 20 });
  store = target.open();
  exportStore({ file: source.path, to: join(folder, 'whole.json') }, toolRun());
  lines = readFileSync(join(folder, 'whole.json'), 'utf8').trimEnd().split('\n');
});
afterAll(() => {
  source.close();
  target.close();
  rmSync(folder, { recursive: true });
});

/** Imports text, which must fail and leave the store as it was. */
function failureOf(text: string | Uint8Array): TachoError {
  const from = join(folder, 'changed.json');
  writeFileSync(from, text);
  const before = contentOf(store);
  try {
    importStore({ from, file: target.path }, toolRun());
  } catch (error) {
    expect(contentOf(store)).toEqual(before);
    return error as TachoError;
  }
  throw new Error('no error');
}

/** With the second fact changed. */
function withFact(change: (fact: Record<string, unknown>) => unknown): string {
  return withLine(JSON.stringify(change(JSON.parse(lines[2] ?? ''))));
}

function withLine(line: string): string {
  return [...lines.slice(0, 2), line, ...lines.slice(3)].join('\n');
}

describe('an export that is damaged names the line, and nothing of it is imported', () => {
  it.each<[string, () => string | Uint8Array]>([
    ['no JSON', () => withLine('{')],
    ['an empty line', () => withLine('')],
    ['a list', () => withLine('[]')],
    ['a number', () => withLine('17')],
    ['as deep as can be', () => withLine('['.repeat(200_000))],
    ['no level', () => withFact(({ level: _, ...fact }) => fact)],
    ['another level', () => withFact((fact) => ({ ...fact, level: 'week' }))],
    ['a level that is no text', () => withFact((fact) => ({ ...fact, level: { toString: 1 } }))],
    ['a minute that is none', () => withFact((fact) => ({ ...fact, minute_ms: 61_000 }))],
    ['an hour that begins at a minute', () => withFact((fact) => ({ ...fact, level: 'hour' }))],
    ['a minute as text', () => withFact((fact) => ({ ...fact, minute_ms: '60000' }))],
    ['a minute past all dates', () => withFact((fact) => ({ ...fact, minute_ms: 6e18 }))],
    ['no span', () => withFact((fact) => ({ ...fact, span_ms: 0 }))],
    ['no sources', () => withFact((fact) => ({ ...fact, sources: [] }))],
    ['a source that is none', () => withFact((fact) => ({ ...fact, sources: [null] }))],
    [
      'a source that ends first',
      () => withFact((fact) => ({ ...fact, sources: [{ writer: 'w', first: 2, last: 1 }] })),
    ],
    [
      'a writer that is none',
      () => withFact((fact) => ({ ...fact, sources: [{ writer: 'ü', first: 1, last: 1 }] })),
    ],
    ['no window', () => withFact((fact) => ({ ...fact, window: null }))],
    ['half a window', () => withFact((fact) => ({ ...fact, window: { start_ms: 0 } }))],
    ['no UTF-8', () => Buffer.from(withLine('"\u00ff"'), 'latin1')],
  ])('%s', (_, text) => {
    const { code, message, hint } = failureOf(text());
    expect([code, message]).toEqual([
      'TACHO_STORE_CORRUPT',
      expect.stringMatching(/changed\.json: line 3 is damaged: /),
    ]);
    expect(hint).toBeDefined();
  });

  it.each<[string, () => string, RegExp]>([
    ['nothing', () => '', /line 1 .* ends too early/],
    ['text', () => 'GET / 200\n', /line 1 .* no JSON/],
    ['other JSON', () => '{"a":1}\n', /line 1 .* does not begin as an export/],
    ['no header', () => lines.slice(1).join('\n'), /line 1 /],
    ['no footer', () => lines.slice(0, -1).join('\n'), /ends too early/],
    ['a fact too few', () => lines.toSpliced(2, 1).join('\n'), /ends too early/],
    ['more after the footer', () => [...lines, lines[1]].join('\n'), /after the footer/],
  ])('%s', (_, text, message) => {
    expect(failureOf(text())).toMatchObject({
      code: 'TACHO_STORE_CORRUPT',
      message: expect.stringMatching(message),
    });
  });

  it('of a later version', () => {
    const text = [lines[0]?.replace('"version":3', '"version":4'), ...lines.slice(1)].join('\n');
    expect(failureOf(text)).toMatchObject({ code: 'TACHO_STORE_NEWER', hint: 'Update tacho.' });
  });
});

it('a file that is not there, or a folder, is no export', () => {
  const failure = (from: string) => {
    try {
      return importStore({ from, file: target.path }, toolRun());
    } catch (error) {
      return (error as TachoError).code;
    }
  };
  expect(failure(join(folder, 'none.json'))).toBe('TACHO_STORE_MISSING');
  expect(failure(folder)).toBe('TACHO_STORE_UNAVAILABLE');
});

it('a line may be as long as it likes, and the last may have no end', () => {
  const from = join(folder, 'long.json');
  const padded = withFact((fact) => fact).replace('"window":{', `"window":${' '.repeat(300_000)}{`);
  writeFileSync(from, padded);
  expect(importStore({ from, file: target.path }, toolRun())).toMatchObject({ windows: 20, known: 0 });
});

it('an export of version 1, which has neither samples of processes nor origins, is imported', () => {
  const earlier = new StoreBench();
  const from = join(folder, 'earlier.json');
  const facts = lines.slice(1, -1).map((line) => {
    const { window, ...fact } = JSON.parse(line) as { window: Record<string, unknown> };
    const { runtime_resolution_ms: _, runtime_samples: __, origins, failures, ...rest } = window;
    expect([origins, failures]).not.toContain(undefined);
    return JSON.stringify({ ...fact, window: rest });
  });
  const header = lines[0]?.replace('"version":3', '"version":1');
  writeFileSync(from, [header, ...facts, lines.at(-1)].join('\n'));
  const rows = earlier.open();
  expect(importStore({ from, file: earlier.path }, toolRun())).toMatchObject({ windows: 20, known: 0 });
  const { window } = rows.read(ALL_TIME, NOON_MS);
  const { window: exported } = source.open().read(ALL_TIME, NOON_MS);
  expect(requestsIn(window)).toBe(40);
  expect(window.systemSamples.list()).toEqual(exported.systemSamples.list());
  expect(window.runtimeSamples.list()).toEqual([]);
  expect(exported.runtimeSamples.list()).toHaveLength(20);
  earlier.close();
});
