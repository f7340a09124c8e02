import { describe, expect, it } from '@jest/globals';
import { coverageReport } from '../../src/report/coverage.ts';
import { NOW_MS } from './measured.ts';

const coverage = {
  fromMs: Date.UTC(2025, 6, 18),
  toMs: Date.UTC(2025, 6, 19),
  resolution: 'hour',
  skippedRows: 0,
  partial: false,
} as const;

describe('what an answer covers', () => {
  it('is said', () => {
    expect(coverageReport(coverage, NOW_MS)).toEqual({
      from: '2025-07-18T00:00:00.000000Z',
      to: '2025-07-19T00:00:00.000000Z',
      resolution: 'hour',
      partial: false,
    });
  });

  it('reaches up to now where the end is open', () => {
    const open = { ...coverage, toMs: Number.POSITIVE_INFINITY };
    expect(coverageReport(open, NOW_MS).to).toBe('2025-07-19T01:42:25.123000Z');
  });

  it('is nothing where it begins after now', () => {
    const later = { ...coverage, fromMs: NOW_MS + 1000, toMs: Number.POSITIVE_INFINITY };
    const { from, to } = coverageReport(later, NOW_MS);
    expect(to).toBe(from);
  });

  it.each([{ skippedRows: 1 }, { partial: true }])('is partial: %j', (missing) => {
    expect(coverageReport({ ...coverage, ...missing }, NOW_MS).partial).toBe(true);
  });
});
