import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { timestamp } from '../../src/report/timestamp.ts';

describe('a timestamp', () => {
  it.each([
    [Date.parse('2025-07-19T01:42:25.123Z') + 0.456, '2025-07-19T01:42:25.123456Z'],
    [0, '1970-01-01T00:00:00.000000Z'],
    [0.001, '1970-01-01T00:00:00.000001Z'],
    [0.0004, '1970-01-01T00:00:00.000000Z'],
    [0.0005, '1970-01-01T00:00:00.000001Z'],
    [999.9994, '1970-01-01T00:00:00.999999Z'],
    [999.9996, '1970-01-01T00:00:01.000000Z'],
    [-0.001, '1969-12-31T23:59:59.999999Z'],
    [Date.parse('2024-02-29T23:59:59.999Z') + 0.9999, '2024-03-01T00:00:00.000000Z'],
    [8.64e15, '+275760-09-13T00:00:00.000000Z'],
  ])('of %d ms is %s', (epochMs, text) => {
    expect(timestamp(epochMs)).toBe(text);
  });

  it('is the moment, to within half a microsecond', () => {
    const thisCenturyMs = fc.double({ min: 946_684_800_000, max: 4_102_444_800_000, noNaN: true });
    fc.assert(
      fc.property(thisCenturyMs, (epochMs) => {
        const [, toTheMillisecond, micros] = /^(.*\.\d{3})(\d{3})Z$/.exec(timestamp(epochMs)) ?? [];
        const shownMs = Date.parse(`${toTheMillisecond}Z`) + Number(micros) / 1000;
        // Beside the half microsecond, what the sum in this test rounds away.
        expect(Math.abs(shownMs - epochMs)).toBeLessThan(0.0005 + 0.00025);
      }),
    );
  });
});
