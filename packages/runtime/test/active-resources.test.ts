import { afterEach, expect, it } from '@jest/globals';
import { ActiveResources } from '../src/active-resources.ts';

const timers: NodeJS.Timeout[] = [];
afterEach(() => {
  for (const timer of timers.splice(0)) clearTimeout(timer);
});

function openTimers(count: number): void {
  for (let n = 0; n < count; n++) timers.push(setTimeout(() => {}, 60_000));
}

it('are counted by type', () => {
  const resources = new ActiveResources();
  const before = resources.read().get('Timeout') ?? 0;
  openTimers(30);
  expect(resources.read().get('Timeout')).toBe(before + 30);
  expect(resources.readTotal()).toBeGreaterThanOrEqual(30);
});

it('are counted one time in six where they are more than 20,000', () => {
  const resources = new ActiveResources();
  openTimers(20_001);
  const first = resources.readTotal();
  openTimers(10);
  const later = Array.from({ length: 6 }, () => resources.readTotal());
  expect(later).toEqual([first, first, first, first, first, first + 10]);
});
