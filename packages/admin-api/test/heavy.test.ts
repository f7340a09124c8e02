import { expect, it } from '@jest/globals';
import { historyOf, serve, someTraffic } from './served.ts';

it('reads two long ranges at once and eight after them; more are busy, and short ones never', async () => {
  const history = historyOf(someTraffic());
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  let reading = 0;
  const served = await serve({
    history: {
      series: (query) => history.series(query),
      window: async (...range) => {
        reading += 1;
        await opened;
        return history.window(...range);
      },
    },
  });
  const long = new Set(Array.from({ length: 12 }, () => served.get('/summary?hours=720')));
  for (const _ of [1, 2]) {
    const [busy, one] = await Promise.race([...long].map(async (each) => [await each, each] as const));
    const { code } = (await busy.json()) as { code: string };
    expect([busy.status, busy.headers.get('retry-after'), code]).toEqual([503, '5', 'busy']);
    long.delete(one);
  }
  expect(reading).toBe(2);
  const short = Array.from({ length: 20 }, () => served.get('/summary'));
  open();
  expect((await Promise.all(long)).map(({ status }) => status)).toEqual(Array.from(long, () => 200));
  expect((await Promise.all(short)).every(({ status }) => status === 200)).toBe(true);
  await served.close();
});
