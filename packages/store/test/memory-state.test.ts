import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@tacho/core/manual-clock';
import { MemoryState } from '../src/memory-state.ts';
import { NOON_MS } from './measured.ts';

describe('a memory state that is full', () => {
  it('refuses a further key, and changes and removes those it holds', async () => {
    const state = new MemoryState({ clock: new ManualClock(NOON_MS), maxKeys: 2 });
    await state.compareAndSet('a', undefined, '1');
    await state.compareAndSet('b', undefined, '1');
    await expect(state.compareAndSet('c', undefined, '1')).rejects.toMatchObject({
      code: 'TACHO_STORE_UNAVAILABLE',
      message: 'The memory state holds 2 keys, which is all it has room for.',
    });
    expect(await state.get('c')).toBeUndefined();
    expect(await state.compareAndSet('a', '1', '2')).toBe(true);
    expect(await state.compareAndSet('a', '2', undefined)).toBe(true);
    expect(await state.compareAndSet('c', undefined, '1')).toBe(true);
  });

  it('makes room by what has expired', async () => {
    const clock = new ManualClock(NOON_MS);
    const state = new MemoryState({ clock, maxKeys: 2 });
    await state.compareAndSet('a', undefined, '1', 1000);
    await state.compareAndSet('b', undefined, '1');
    clock.nowMs += 1000;
    expect(await state.compareAndSet('c', undefined, '1')).toBe(true);
    expect(await state.get('b')).toBe('1');
  });
});
