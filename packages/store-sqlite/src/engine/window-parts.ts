import { decodeWindow, encodeWindow, Window, type WindowLimits } from '@tacho/core';

/** So that a part is encoded or decoded in a millisecond or two. */
const PART_ENDPOINTS = 100;
const PART_SAMPLES = 1000;

/** A window in parts, the first of which has all but its endpoints and samples. The window is used up. */
export function encodeParts(window: Window): Uint8Array[] {
  return [...partsOf(window)].map(encodeWindow);
}

/** @param nextTurn called between parts @throws TachoError TACHO_BAD_DATA */
export async function decodeParts(
  [first, ...others]: readonly Uint8Array[],
  limits: WindowLimits,
  nextTurn: () => Promise<void>,
): Promise<Window> {
  const window = first === undefined ? new Window(limits) : decodeWindow(first, limits);
  for (const bytes of others) {
    await nextTurn();
    const part = decodeWindow(bytes, limits);
    window.systemSamples.merge(part.systemSamples);
    window.mergeRuntimeSamples(part.runtimeSamples);
    for (const entry of part.endpoints.entries()) window.endpoints.adopt(entry);
  }
  return window;
}

function* partsOf(window: Window): Generator<Window, void, undefined> {
  const { limits, startMs, endMs } = window;
  const first = new Window(limits, startMs, endMs);
  first.invalid = window.invalid;
  first.notMeasured.merge(window.notMeasured);
  first.slowRequests.merge(window.slowRequests);
  first.users.merge(window.users);
  first.origins.merge(window.origins);
  first.failures.merge(window.failures);
  yield first;
  const { resolutionMs } = window.systemSamples;
  for (const samples of inGroups(window.systemSamples.list(), PART_SAMPLES)) {
    const part = new Window(limits, startMs, endMs);
    part.systemSamples.lowerResolution(resolutionMs);
    for (const sample of samples) part.systemSamples.add(sample);
    yield part;
  }
  for (const samples of inGroups(window.runtimeSamples.list(), PART_SAMPLES)) {
    const part = new Window(limits, startMs, endMs);
    part.countLeftOut(part.runtimeSamples.lowerResolution(window.runtimeSamples.resolutionMs));
    for (const sample of samples) part.addRuntimeSample(sample);
    yield part;
  }
  for (const entries of inGroups([...window.endpoints.entries()], PART_ENDPOINTS)) {
    const part = new Window(limits, startMs, endMs);
    for (const entry of entries) part.endpoints.adopt(entry);
    yield part;
  }
}

function* inGroups<Item>(items: readonly Item[], size: number): Generator<Item[], void, undefined> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
