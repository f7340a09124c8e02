import { expect, it } from '@jest/globals';
import { child } from '../child.ts';

interface Growth {
  readonly exported: number;
  readonly letGo: number;
  readonly startedBytes: number;
  readonly endedBytes: number;
  readonly shutDownBytes: number;
}

const MOST_BYTES = 10_000_000;
/** A heap that nothing was left in is not of the same size twice. */
const NOTHING_BYTES = 1_000_000;
/** More than fit: what is held takes over a kilobyte each. */
const MOST_HELD = 8_000;

/** @param count of spans that do not end, and of spans whose request does not */
export function testNeverEnding(count: number): void {
  it(`${count} spans that never end, and as many of requests that never do, stay within bounds`, async () => {
    const grown = await child<Growth>('never-ending.ts', [String(count)], {}, ['--expose-gc']);
    console.log(`the heap grew by ${grown.startedBytes} bytes for spans, ${grown.endedBytes} for requests`);
    expect(grown.exported).toBe(0);
    expect(grown.startedBytes).toBeLessThan(NOTHING_BYTES);
    expect(grown.endedBytes).toBeLessThan(MOST_BYTES);
    expect(grown.letGo).toBeGreaterThan(count - MOST_HELD);
    expect(grown.letGo).toBeLessThan(count);
    expect(grown.shutDownBytes).toBeLessThan(NOTHING_BYTES);
  });
}
