import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { frame, type Scene } from '../src/monitor/frame.ts';
import { lineWidth } from '../src/screen-line.ts';
import { aMetric, anEndpoint, aSlowRequest, aSummary, someAnswers } from './reports.ts';

const NAMES = fc.string({ unit: 'binary', maxLength: 60 });
const COUNTS = fc.nat({ max: 2 ** 50 });
const SECONDS = fc.double({ min: 0, max: 100_000, noNaN: true });

const scenes: fc.Arbitrary<Scene> = fc.record({
  source: NAMES,
  hours: fc.constantFrom(1, 24, 720),
  answeredMs: fc.constant(0),
  missed: fc.option(NAMES, { nil: undefined }),
  progress: fc.constant({ sample: 1, samples: 2, nextMs: 0 }),
  reports: fc.record({
    summary: fc.record({ total_requests: COUNTS, p95: fc.option(SECONDS) }).map(aSummary),
    endpoints: fc.dictionary(
      NAMES,
      fc.record({ count: COUNTS, p95: fc.option(SECONDS), max_time: SECONDS }).map(anEndpoint),
      { maxKeys: 15 },
    ),
    slow_requests: fc.array(
      fc.record({ endpoint: NAMES, method: NAMES, response_time: SECONDS }).map(aSlowRequest),
      { maxLength: 8 },
    ),
    system_metrics: fc.array(fc.record({ cpu_percent: fc.option(SECONDS) }).map(aMetric), { maxLength: 1 }),
  }),
});

describe('a frame', () => {
  it('fits the terminal and obeys nobody, whatever is shown and however small it is', () => {
    fc.assert(
      fc.property(scenes, fc.integer({ min: 1, max: 120 }), fc.nat({ max: 40 }), (scene, columns, rows) => {
        const lines = frame(scene, columns, rows);
        expect(lines.length).toBeLessThanOrEqual(rows);
        expect(Math.max(0, ...lines.map(lineWidth))).toBeLessThanOrEqual(columns);
        const text = lines.flat().map((cell) => cell.text);
        expect(text.join('')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
      }),
      { numRuns: 200 },
    );
  });

  it('has something worth reading in 20 columns', () => {
    expect(shown(20, 26)).toEqual([
      'tacho http://localh…',
      '1970-01-01T00:00:00Z',
      'healthy',
      '1,250 requests',
      '2.4% errors',
      'avg 234 ms',
      'p95 1.25 s  12 slow',
      'CPU 15.2%',
      'memory 45.8%',
      'disk 67.3%',
      'event loop p99 4.0 …',
      'heap 20.0 MB',
      '',
      'ENDPOINT    REQUESTS',
      'POST /api…       150',
      'GET /user…        40',
      '',
      'SLOWEST         TIME',
      'GET /api/re…  4.22 s',
      'last 24 hours',
      'sample 1 of 2',
    ]);
  });

  it('leaves out slow requests, then endpoints, where rows are few', () => {
    const firstWords = (rows: number) => shown(80, rows).map((line) => line.split(' ')[0]);
    expect(firstWords(12)).toContain('SLOWEST');
    expect(firstWords(10)).not.toContain('SLOWEST');
    expect(firstWords(7)).toEqual(['tacho', 'healthy', 'CPU', '', 'ENDPOINT', 'POST', 'last']);
    expect(firstWords(6)).toEqual(['tacho', 'healthy', 'CPU', 'last']);
    expect(firstWords(2)).toEqual(['tacho', 'healthy']);
  });
});

function shown(columns: number, rows: number): string[] {
  const answers = someAnswers();
  const scene: Scene = {
    source: 'http://localhost:9797',
    hours: 24,
    answeredMs: 0,
    missed: undefined,
    progress: { sample: 1, samples: 2, nextMs: undefined },
    reports: {
      summary: answers['/summary'],
      endpoints: answers['/endpoints'],
      slow_requests: answers['/slow-requests'],
      system_metrics: answers['/system-metrics'],
    },
  };
  return frame(scene, columns, rows).map((line) =>
    line
      .map(({ text }) => text)
      .join('  ')
      .trimEnd(),
  );
}
