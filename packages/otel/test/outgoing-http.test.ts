import { expect, it } from '@jest/globals';
import { child } from './child.ts';

it('requests that go out are traced while it is enabled, however the functions were imported', async () => {
  const told = await child<Record<string, unknown>>('outgoing.ts', []);
  const [traced, untraced] = [
    { spans: 1, isTraced: true },
    { spans: 0, isTraced: false },
  ];
  const [all, none] = [new Array(8).fill(true), new Array(8).fill(false)];
  expect(told.new).toEqual(all);
  for (const round of ['first', 'second']) {
    expect(told[`${round} enabled`]).toEqual(none);
    expect(told[`${round} traced`]).toEqual([traced, traced, traced, traced, untraced]);
    expect(told[`${round} leaves servers alone`]).toBe(true);
    expect(told[`${round} disabled`]).toEqual(all);
    expect(told[`${round} untraced`]).toEqual(untraced);
  }
});
