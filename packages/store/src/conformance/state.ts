import { describe, expect, it } from '@jest/globals';
import { SECOND_MS } from '@tacho/core';
import type { State } from '../state.ts';
import { benchOf, type OpenStore, sharedBenchOf, UNAVAILABLE } from './store-parts.ts';

const TTL_MS = 30 * SECOND_MS;

export function describeState(open: OpenStore): void {
  describe('state', () => {
    const bench = sharedBenchOf(open);
    let keys = 0;
    const newKey = (): string => `key ${++keys}`;

    it('has no value to begin with', async () => {
      expect(await bench().state.get(newKey())).toBeUndefined();
    });

    it('is set by the first who expects no value, and not by the second', async () => {
      const { state } = bench();
      const key = newKey();
      expect(await state.compareAndSet(key, undefined, 'first')).toBe(true);
      expect(await state.compareAndSet(key, undefined, 'second')).toBe(false);
      expect(await state.get(key)).toBe('first');
    });

    it('changes only from the value expected', async () => {
      const { state } = bench();
      const key = newKey();
      await state.compareAndSet(key, undefined, 'one');
      expect(await state.compareAndSet(key, 'zero', 'two')).toBe(false);
      expect(await state.get(key)).toBe('one');
      expect(await state.compareAndSet(key, 'one', 'two')).toBe(true);
      expect(await state.get(key)).toBe('two');
    });

    it('expecting a value is no way to make one', async () => {
      const { state } = bench();
      const key = newKey();
      expect(await state.compareAndSet(key, 'one', 'two')).toBe(false);
      expect(await state.get(key)).toBeUndefined();
    });

    it('is removed only from the value expected, and can then be set anew', async () => {
      const { state } = bench();
      const key = newKey();
      await state.compareAndSet(key, undefined, 'one');
      expect(await state.compareAndSet(key, 'zero', undefined)).toBe(false);
      expect(await state.compareAndSet(key, 'one', undefined)).toBe(true);
      expect(await state.get(key)).toBeUndefined();
      expect(await state.compareAndSet(key, undefined, 'two')).toBe(true);
    });

    it('tells keys apart, and keeps values as they are', async () => {
      const { state } = bench();
      const texts = [
        '',
        'key',
        'KEY',
        'key ',
        'k\u0000ey',
        'k',
        '__proto__',
        '%',
        "'; --",
        '🐎',
        'x'.repeat(10_000),
      ];
      for (const text of texts) {
        expect(await state.compareAndSet(text, undefined, `value of ${text}`)).toBe(true);
      }
      for (const text of texts) expect(await state.get(text)).toBe(`value of ${text}`);
    });

    it('takes an empty value for a value', async () => {
      const { state } = bench();
      const key = newKey();
      await state.compareAndSet(key, undefined, '');
      expect(await state.get(key)).toBe('');
      expect(await state.compareAndSet(key, undefined, 'one')).toBe(false);
    });

    describe('that lasts for a time', () => {
      it('lasts until then, and no longer', async () => {
        const { state, clock } = bench();
        const key = newKey();
        await state.compareAndSet(key, undefined, 'a', TTL_MS);
        clock.nowMs += TTL_MS - 1;
        expect(await state.get(key)).toBe('a');
        expect(await state.compareAndSet(key, undefined, 'b', TTL_MS)).toBe(false);
        clock.nowMs += 1;
        expect(await state.get(key)).toBeUndefined();
        expect(await state.compareAndSet(key, 'a', 'a', TTL_MS)).toBe(false);
        expect(await state.compareAndSet(key, undefined, 'b', TTL_MS)).toBe(true);
        expect(await state.get(key)).toBe('b');
      });

      it('is renewed by setting the same value', async () => {
        const { state, clock } = bench();
        const key = newKey();
        await state.compareAndSet(key, undefined, 'a', TTL_MS);
        clock.nowMs += TTL_MS - 1;
        expect(await state.compareAndSet(key, 'a', 'a', TTL_MS)).toBe(true);
        clock.nowMs += TTL_MS - 1;
        expect(await state.get(key)).toBe('a');
      });

      it('stays where the next value is set without one, and is let go where it is set with one', async () => {
        const { state, clock } = bench();
        const key = newKey();
        await state.compareAndSet(key, undefined, 'a', TTL_MS);
        await state.compareAndSet(key, 'a', 'b');
        clock.nowMs += 1000 * TTL_MS;
        expect(await state.get(key)).toBe('b');
        await state.compareAndSet(key, 'b', 'c', TTL_MS);
        clock.nowMs += TTL_MS;
        expect(await state.get(key)).toBeUndefined();
      });
    });

    describe('that many change at once', () => {
      it('is won by one', async () => {
        const { state } = bench();
        const key = newKey();
        const names = Array.from({ length: 50 }, (_, index) => `w${index}`);
        const won = await Promise.all(names.map((name) => state.compareAndSet(key, undefined, name, TTL_MS)));
        expect(won.filter(Boolean)).toHaveLength(1);
        expect(await state.get(key)).toBe(names[won.indexOf(true)]);
      });

      it('loses no change', async () => {
        const { state } = bench();
        await Promise.all(Array.from({ length: 10 }, () => increment(state, 10)));
        expect(await state.get('count')).toBe('100');
      });
    });

    const closing = benchOf(open);
    it('may be closed twice, and rejects every call afterwards', async () => {
      const { state } = closing();
      await Promise.all([state.close(), state.close()]);
      await expect(state.get('key')).rejects.toMatchObject(UNAVAILABLE);
      await expect(state.compareAndSet('key', undefined, 'a')).rejects.toMatchObject(UNAVAILABLE);
    });
  });
}

async function increment(state: State, times: number): Promise<void> {
  for (let done = 0; done < times; ) {
    const count = await state.get('count');
    if (await state.compareAndSet('count', count, String(Number(count ?? 0) + 1))) done++;
  }
}
