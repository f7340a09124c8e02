import { describe, expect, it } from '@jest/globals';
import type { HistoryAnswer } from '@tacho/store';
import { historyOf, NOW_MS, serve, someTraffic } from './served.ts';

const paths = [
  '/summary',
  '/endpoints',
  '/endpoints/GET%20/',
  '/slow-requests',
  '/system-metrics',
  '/trends',
  '/users',
];

/** The headers of the answer where history says this of its own. */
async function headersOf(path: string, coverage: Partial<HistoryAnswer>): Promise<Record<string, string>> {
  const history = historyOf(someTraffic());
  const served = await serve({
    history: {
      window: async (fromMs, toMs) => ({ ...(await history.window(fromMs, toMs)), ...coverage }),
      series: async (query) => ({ ...(await history.series(query)), ...coverage }),
    },
  });
  const { headers } = await served.get(path);
  await served.close();
  const { 'tacho-next-cursor': _, ...others } = Object.fromEntries(headers);
  return Object.fromEntries(Object.entries(others).filter(([name]) => name.startsWith('tacho-')));
}

describe.each(paths)('%s says in its headers', (path) => {
  it('that its end is open, by saying none', async () => {
    expect(await headersOf(path, {})).toEqual({
      'tacho-from': '2025-07-18T01:42:00.000000Z',
      'tacho-resolution': 'minute',
    });
  });

  it('which range it covers, how finely', async () => {
    const coverage = { fromMs: NOW_MS - 5000, toMs: NOW_MS, resolution: 'day' } as const;
    expect(await headersOf(path, coverage)).toEqual({
      'tacho-from': '2025-07-19T01:42:20.123000Z',
      'tacho-to': '2025-07-19T01:42:25.123000Z',
      'tacho-resolution': 'day',
    });
  });

  it.each([{ partial: true }, { skippedRows: 1 }])('that something is missing: %j', async (missing) => {
    expect(await headersOf(path, missing)).toMatchObject({ 'tacho-partial': 'true' });
  });
});
