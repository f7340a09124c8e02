import { describe, expect, it } from '@jest/globals';
import { DEFAULT_LIMITS, type Window } from '../../src/window.ts';
import { decodeWindow, encodeWindow } from '../../src/window-codec.ts';
import { badDataOf } from '../bad-data.ts';
import { aRequest, aRuntimeSample, aSample } from '../report/measured.ts';
import { windowOf } from '../window-of.ts';
import { windowBytes } from './window-bytes.ts';

describe('a stored window that holds', () => {
  it.each<[string, (window: Window) => void]>([
    [
      'a slow request that began at no time',
      ({ slowRequests }) => slowRequests.record(aRequest({ durationMs: 3000, startMs: Number.NaN })),
    ],
    [
      'a slow request that never ended',
      ({ slowRequests }) => slowRequests.record(aRequest({ durationMs: Infinity })),
    ],
    ['a sample of no time', ({ systemSamples }) => systemSamples.add(aSample({ timestampMs: Infinity }))],
    [
      'a sample of a process at no time',
      ({ runtimeSamples }) => void runtimeSamples.add(aRuntimeSample({ timestampMs: Infinity })),
    ],
    [
      'a sample of a process that began at no time',
      ({ runtimeSamples }) => void runtimeSamples.add(aRuntimeSample({ startMs: Number.NaN })),
    ],
    [
      'a sample of a process that is no sample',
      ({ runtimeSamples }) => void runtimeSamples.add(aRuntimeSample({ samples: 0 })),
    ],
    [
      'a sample with a figure that is none',
      ({ systemSamples }) => systemSamples.add(aSample({ diskPercent: -1 })),
    ],
  ])('%s is bad data', (_what, fill) => {
    const window = windowOf([]);
    fill(window);
    badDataOf(() => decode(encodeWindow(window)));
  });

  it.each([
    ['that is not', 0, 2000, 200],
    ['of no status', 0, 3000, 1000],
    ['with something that is not known', 4, 3000, 200],
  ])('a request as slow %s is bad data', (_what, has, durationMs, status) => {
    const bytes = windowBytes((writer) => {
      for (const number of [0, 0, 0, 0, 0, 1, has]) writer.varint(number);
      for (const float of [0, durationMs]) writer.float64(float);
      for (const [place, text] of ['GET', '/'].entries()) {
        writer.varint(place);
        writer.string(text);
      }
      for (const number of [status, 1000, 0]) writer.varint(number);
    });
    expect(badDataOf(() => decode(bytes))).toMatch(/a slow request is none/);
  });

  it('a text that refers to none before it is bad data', () => {
    const bytes = windowBytes((writer) => {
      for (const number of [0, 0, 0, 0, 0, 1, 0]) writer.varint(number);
      for (const float of [0, 3000]) writer.float64(float);
      writer.varint(1);
    });
    expect(badDataOf(() => decode(bytes))).toMatch(/not before it/);
  });

  it('a sample of a process that is not among the processes is bad data', () => {
    const bytes = windowBytes((writer) => {
      for (const number of [0, 0, 0, 0, 0, 0, 1000, 0, 1000, 0, 1, 0]) writer.varint(number);
    });
    expect(badDataOf(() => decode(bytes))).toMatch(/of no process/);
  });

  it('samples of processes of an unknown resolution are bad data', () => {
    const bytes = windowBytes((writer) => {
      for (const number of [0, 0, 0, 0, 0, 0, 1000, 0, 7, 0, 0]) writer.varint(number);
    });
    expect(badDataOf(() => decode(bytes))).toMatch(/no resolution of 7 ms/);
  });

  it('a sample with a figure that is not known is bad data', () => {
    const bytes = windowBytes((writer) => {
      for (const number of [0, 0, 0, 0, 0, 0, 1000, 1]) writer.varint(number);
      writer.float64(0);
      writer.byte(1 << 5);
    });
    expect(badDataOf(() => decode(bytes))).toMatch(/figure that is not known/);
  });
});

function decode(bytes: Uint8Array): Window {
  return decodeWindow(bytes, DEFAULT_LIMITS);
}
