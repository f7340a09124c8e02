import { expect, it } from '@jest/globals';
import { child } from './child.ts';

interface Retained {
  readonly told: number;
  readonly seen: Record<string, number>;
  readonly alive: number;
  readonly templatesBytes: number;
}

it('nothing of 2,000 requests outlives them but what was told', async () => {
  const { told, seen, alive, templatesBytes } = await child<Retained>('retaining.ts', [], ['--expose-gc']);
  expect(told).toBe(2_000);
  expect(seen).toMatchObject({ requests: 2_000, responses: 2_000, contexts: 2_000, exchanges: 2_000 });
  expect(seen.bodies).toBeGreaterThanOrEqual(2_000);
  expect(alive).toBe(0);
  // 600 templates; the URLs they were learned from came to 75 MB.
  expect(templatesBytes).toBeLessThan(1_000_000);
});
