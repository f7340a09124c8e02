import { decodeWindow, encodeWindow, Window, type WindowLimits } from '@tacho/core';
import type { StoredStep } from '@tacho/store';

/** So that a part is encoded or decoded in about a millisecond. */
const PART_STEPS = 100;
const METHOD = 'step';

/** Steps as the endpoints of windows, `PART_STEPS` each: the route is the step's start. */
export function encodeSteps(steps: readonly StoredStep[], limits: WindowLimits): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < steps.length; at += PART_STEPS) {
    const part = partFor(limits);
    for (const { startMs, stats } of steps.slice(at, at + PART_STEPS))
      part.endpoints.adopt({ method: METHOD, route: String(startMs), stats });
    parts.push(encodeWindow(part));
  }
  return parts;
}

/** @returns the steps in order of time @param nextTurn called between parts @throws TachoError TACHO_BAD_DATA */
export async function decodeSteps(
  parts: readonly Uint8Array[],
  limits: WindowLimits,
  nextTurn: () => Promise<void>,
): Promise<StoredStep[]> {
  const steps: StoredStep[] = [];
  for (const [index, part] of parts.entries()) {
    if (index > 0) await nextTurn();
    const { endpoints } = decodeWindow(part, partFor(limits).limits);
    for (const { route, stats } of endpoints.entries()) steps.push({ startMs: Number(route), stats });
  }
  return steps.sort((a, b) => a.startMs - b.startMs);
}

function partFor(limits: WindowLimits): Window {
  return new Window({ ...limits, maxEndpoints: PART_STEPS });
}
