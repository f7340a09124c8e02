import { decodeWindow, encodeWindow, Window, type WindowLimits } from '@tacho/core';

/** So that a part is encoded or decoded in about a millisecond. */
const PART_ENDPOINTS = 100;

/** A window in parts that hold the same when merged. It is used up. */
export function encodeParts(window: Window): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let part = withoutEndpoints(window);
  for (const entry of window.endpoints.entries()) {
    if (part.endpoints.size === PART_ENDPOINTS) {
      parts.push(encodeWindow(part));
      part = new Window(window.limits);
    }
    part.endpoints.adopt(entry);
  }
  return [...parts, encodeWindow(part)];
}

/** @param nextTurn called between parts @throws TachoError TACHO_BAD_DATA */
export async function decodeParts(
  parts: readonly Uint8Array[],
  limits: WindowLimits,
  nextTurn: () => Promise<void>,
): Promise<Window> {
  const window = new Window(limits);
  for (const [index, bytes] of parts.entries()) {
    if (index > 0) await nextTurn();
    const part = decodeWindow(bytes, limits);
    for (const entry of part.endpoints.entries()) window.endpoints.adopt(entry);
    window.merge(withoutEndpoints(part));
  }
  return window;
}

function withoutEndpoints({ limits, startMs, endMs, ...parts }: Window): Window {
  const window = new Window(limits, startMs, endMs);
  window.invalid = parts.invalid;
  window.notMeasured.merge(parts.notMeasured);
  window.slowRequests.merge(parts.slowRequests);
  window.systemSamples.merge(parts.systemSamples);
  window.users.merge(parts.users);
  return window;
}
