import fc from 'fast-check';
import { OUTCOMES, OVERFLOW_ROUTE, type RequestRecord, type SystemSample } from '../src/record.ts';
import { NO_FIGURES, RUNTIME_FIGURES, type RuntimeSample } from '../src/runtime-sample.ts';
import { DAY_MS, HOUR_MS } from '../src/schedule.ts';
import { ODD_NAMES } from './odd-names.ts';

const MAX_EPOCH_MS = 8.64e15;

/** Well-formed text of any characters at all. (The library's own, of unit 'binary', takes half a second to make.) */
export function anyText(maxLength: number): fc.Arbitrary<string> {
  return fc
    .array(fc.nat(0x10ffff), { maxLength })
    .map((codePoints) => String.fromCodePoint(...codePoints).toWellFormed());
}

const anyNumber = (max: number, ...edges: number[]) =>
  fc.oneof(fc.double({ min: 0, max, noNaN: true }), fc.constantFrom(0, max, ...edges));

/** Milliseconds, all of them valid: both sides of every threshold, below and above the sketch's range. */
export const anyDurationMs = fc.oneof(
  { weight: 4, arbitrary: fc.double({ min: 0.001, max: 10_000, noNaN: true }) },
  { weight: 2, arbitrary: fc.constantFrom(0, 0.0005, 0.001, 500, 500.001, 2000, 2000.001, 2001, HOUR_MS) },
  { weight: 1, arbitrary: fc.double({ min: 0, max: 365 * DAY_MS, noNaN: true }) },
);

export const anyName = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('/', '/a', '/b', '/users/{id}') },
  { weight: 2, arbitrary: fc.constantFrom(...ODD_NAMES, OVERFLOW_ROUTE, 'a\ud800', 'x'.repeat(1100)) },
  { weight: 1, arbitrary: anyText(8) },
);

/** A record that is fit to be counted. */
export const anyRecord: fc.Arbitrary<RequestRecord> = fc.record({
  startMs: anyNumber(MAX_EPOCH_MS),
  durationMs: anyDurationMs,
  method: fc.oneof(fc.constantFrom('GET', 'POST'), anyName),
  route: anyName,
  status: fc.oneof(
    fc.integer({ min: 100, max: 599 }),
    fc.constantFrom(0, 399, 400, 499, 500, 999, -1, 1.5, 1e9),
  ),
  outcome: fc.constantFrom(...OUTCOMES),
  user: fc.option(anyName, { nil: undefined }),
  traceId: fc.option(anyName, { nil: undefined }),
});

const anyFigure = fc.option(anyNumber(1e15), { nil: null });

/** A sample that is fit to be kept; times are close enough together to share steps. */
export const anySample: fc.Arbitrary<SystemSample> = fc.record({
  timestampMs: fc.oneof(
    fc.integer({ min: 0, max: 60 }).map((n) => n * 10_000),
    anyNumber(3 * DAY_MS),
  ),
  cpuPercent: anyFigure,
  memoryPercent: anyFigure,
  memoryAvailableBytes: anyFigure,
  diskPercent: anyFigure,
  diskFreeBytes: anyFigure,
});

/** One that fits any figure, and small ones often, so that samples tie. */
const anyCount = fc.oneof(
  { weight: 4, arbitrary: fc.nat(3) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 1e15 }) },
);

/** A sample that is fit to be kept, of few sources, as close in time as those of the host. */
export const anyRuntimeSample: fc.Arbitrary<RuntimeSample> = fc
  .tuple(anySample, fc.nat(2), fc.nat(1), fc.nat(1), fc.array(anyCount, { minLength: 18, maxLength: 18 }))
  .map(([{ timestampMs }, pid, threadId, start, figures]) => {
    const sample = { timestampMs, startMs: start + 0.25, pid, threadId, ...NO_FIGURES };
    for (const [place, name] of RUNTIME_FIGURES.entries()) sample[name] = figures[place] ?? 0;
    return { ...sample, samples: 1 + (sample.samples % 3) };
  });

/** What a window can be told. */
export type Happening =
  | { readonly record: RequestRecord }
  | { readonly sample: SystemSample }
  | { readonly runtime: RuntimeSample }
  | { readonly notMeasured: string; readonly n: number };

export const anyHappening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ record: anyRecord }) },
  {
    weight: 1,
    arbitrary: fc.record({ record: anyRecord.map((record) => ({ ...record, durationMs: Number.NaN })) }),
  },
  { weight: 2, arbitrary: fc.record({ sample: anySample }) },
  { weight: 2, arbitrary: fc.record({ runtime: anyRuntimeSample }) },
  { weight: 1, arbitrary: fc.record({ notMeasured: anyName, n: fc.integer({ min: 1, max: 1000 }) }) },
);
