import { DEFAULT_LIMITS, Window, type WindowLimits } from '../src/window.ts';
import type { Happening } from './anything.ts';

/** Of the process that measured. */
export const ORIGIN = { host: 'host-1', version: '1.2.3' };

export function tell(window: Window, happening: Happening): void {
  if ('record' in happening) window.record(happening.record);
  else if ('sample' in happening) window.addSample(happening.sample);
  else if ('runtime' in happening) window.addRuntimeSample(happening.runtime);
  else window.notMeasured.count(happening.notMeasured, happening.n);
}

export function windowOf(happenings: readonly Happening[], limits: Partial<WindowLimits> = {}): Window {
  const window = new Window({ ...DEFAULT_LIMITS, ...limits }, 60_000, 120_000, ORIGIN);
  for (const happening of happenings) tell(window, happening);
  return window;
}
