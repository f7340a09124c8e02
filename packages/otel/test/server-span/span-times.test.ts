import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { HrTime, TimeInput } from '@opentelemetry/api';
import { hrTimeToMilliseconds } from '@opentelemetry/core';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { Exchange } from '@tacho/http';
import fc from 'fast-check';
import { SpanTimes } from '../../src/server-span/span-times.ts';
import { newExchange } from './origins.ts';

const START_MS = 1_750_000_000_123.25;

describe('the times of a span', () => {
  it('begin when its exchange did', () => {
    const times = new SpanTimes(new Exchange('GET', '/', START_MS, 5));
    expect(times.startTime).toEqual([1_750_000_000, 123_250_000]);
    expect(times.after(0)).toEqual(times.startTime);
    expect(times.after(1_000.5)).toEqual([1_750_000_001, 123_750_000]);
    expect(times.after(876.75)).toEqual([1_750_000_001, 0]);
  });

  it('go on by the monotonic clock, whatever the wall clock does', async () => {
    const times = new SpanTimes(new Exchange('GET', '/', START_MS, performance.now()));
    await pause(20);
    const passedMs = hrTimeToMilliseconds(times.at(undefined)) - START_MS;
    expect(passedMs).toBeGreaterThanOrEqual(19);
    expect(passedMs).toBeLessThan(2_000);
  });

  it.each<[string, TimeInput, HrTime]>([
    ['an epoch', 1_600_000_000_001.5, [1_600_000_000, 1_500_000]],
    ['a Date', new Date(1_600_000_000_001), [1_600_000_000, 1_000_000]],
    ['a tuple', [1_600_000_000, 7], [1_600_000_000, 7]],
  ])('are what they are given as: %s', (_what, input, time) => {
    expect(new SpanTimes(newExchange()).at(input)).toEqual(time);
  });

  it('are those of the SDK, for any input', () => {
    const input = fc.oneof(
      fc.constant(undefined),
      fc.double({ min: 0, max: 1e13, noNaN: true }),
      fc.double({ min: 0, max: performance.now(), noNaN: true }),
      fc.date({ noInvalidDate: true }),
      fc.tuple(fc.nat(2 ** 32), fc.nat(999_999_999)),
    );
    const tracer = new TracerProvider().getTracer('test');
    fc.assert(
      fc.property(input, (given) => {
        const times = new SpanTimes(newExchange());
        const theirs = tracer.startSpan('GET');
        theirs.addEvent('at', {}, given as TimeInput);
        const { events } = theirs as unknown as { events: { time: HrTime }[] };
        const apartMs = hrTimeToMilliseconds(times.at(given)) - hrTimeToMilliseconds(events[0]!.time);
        expect(Math.abs(apartMs)).toBeLessThan(20);
      }),
    );
  });
});
