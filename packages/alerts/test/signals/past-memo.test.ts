import { describe, expect, it } from '@jest/globals';
import { PastMemo } from '../../src/signals/past-memo.ts';
import { pastOf } from './window.ts';

describe('what rules read at one moment', () => {
  it('is read once', async () => {
    const past = pastOf();
    const memo = new PastMemo(past);
    await Promise.all([
      memo.window(0, 1),
      memo.window(0, 1),
      memo.window(0, 2),
      memo.window(0, 1, { users: true }),
    ]);
    expect(past.reads).toEqual(['0 1 false', '0 2 false', '0 1 true']);
  });

  it('stays for the next moment only where that asks for it', async () => {
    const past = pastOf();
    const memo = new PastMemo(past);
    await memo.window(0, 1);
    for (let moment = 0; moment < 3; moment++) {
      memo.beginMoment();
      await memo.window(0, 1);
    }
    expect(past.reads).toHaveLength(1);
    memo.beginMoment();
    memo.beginMoment();
    await memo.window(0, 1);
    expect(past.reads).toHaveLength(2);
  });

  it('is read again where it could not be', async () => {
    const past = pastOf();
    const { window } = past;
    let failures = 1;
    past.window = (...range) => (failures-- > 0 ? Promise.reject(new Error('busy')) : window(...range));
    const memo = new PastMemo(past);
    await expect(memo.window(0, 1)).rejects.toThrow('busy');
    await expect(memo.window(0, 1)).resolves.toBeDefined();
  });
});
