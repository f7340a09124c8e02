import type { EndpointStats } from '../src/endpoint-stats.ts';
import { type EndpointTable, endpointName } from '../src/endpoint-table.ts';
import { compareText } from '../src/kept-text.ts';
import { encodeSketch } from '../src/sketch/codec.ts';
import type { Sketch } from '../src/sketch/sketch.ts';
import type { Window } from '../src/window.ts';
import { encodeWindow } from '../src/window-codec.ts';

/** A string: comparing those is much faster than comparing arrays, and there is much to compare. */
export function dumpOfBytes(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

export function dumpOfSketch(sketch: Sketch): string {
  return dumpOfBytes(encodeSketch(sketch));
}

export function dumpOfWindow(window: Window): string {
  return dumpOfBytes(encodeWindow(window));
}

/** Every field, also one that is added later; the sketch as its bytes are. */
export function dumpOfStats(stats: EndpointStats) {
  return { ...stats, sketch: dumpOfSketch(stats.sketch) };
}

/** Every entry by name, in the order of names. */
export function dumpOfTable(table: EndpointTable) {
  return [...table.entries()]
    .map((entry) => ({ name: endpointName(entry), ...dumpOfStats(entry.stats) }))
    .sort((a, b) => compareText(a.name, b.name));
}
