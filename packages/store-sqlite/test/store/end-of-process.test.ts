import { describe, expect, it } from '@jest/globals';
import { endsByItself, run } from './ending.ts';
import { newPath, openTestStore, storedRequests } from './test-store.ts';

describe('a process with an open store', () => {
  it.each(['idle', 'in flight'] as const)('ends by itself: %s', (way) => endsByItself(way, 3));

  it('stays for what is under way once it holds on', async () => {
    const path = newPath();
    expect(await run(path, 'holding')).toMatchObject({ code: 0, output: 'last\nstored\n', errors: '' });
    expect(await storedRequests(openTestStore(path).store)).toBe(1);
  });

  it('stays until it is closed', async () => {
    const path = newPath();
    expect(await run(path, 'closing')).toMatchObject({
      code: 0,
      output: 'last\nstored\nclosed\n',
      errors: '',
    });
    expect(await storedRequests(openTestStore(path).store)).toBe(1);
  });

  it.each(['exiting', 'exiting at once'])('stores while it is %s, and keeps its exit code', async (way) => {
    const path = newPath();
    const { output, ...ending } = await run(path, way);
    expect(ending).toMatchObject({ code: 3, errors: '' });
    expect(output).toMatch(/^last\ntrue in [\d.]+ ms\n$/);
    console.log(`${way}: ${output.trim().replace('\n', ', ')}`);
    expect(await storedRequests(openTestStore(path).store)).toBe(way === 'exiting' ? 2 : 1);
  });
});
