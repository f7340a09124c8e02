import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { endAll } from '../processes.ts';
import { expectEqualBooks, measure } from './compare.ts';
import { ALL_WAYS, describeOtherWays } from './other-ways.ts';

afterEach(endAll);

const LIMIT_MS = 600_000;

jest.setTimeout(LIMIT_MS);

describe('every one of a million requests is counted once', () => {
  it('kept alive, pipelined, left by their clients, refused, failing, upgraded and streamed', async () => {
    const books = await measure({ bulk: 850_000, odd: 8_000, slow: 20, hostile: false }, {}, LIMIT_MS);
    expectEqualBooks(books, 8_000);
    expect(books.client.total).toBeGreaterThanOrEqual(1_000_000);
    const { total, seconds } = books.client;
    console.log(`${total} requests, ${books.summary.aborted} of them aborted, in ${seconds.toFixed(1)} s`);
  });
});

describe('every one of 20,000 requests is counted once', () => {
  describeOtherWays(20_000, ALL_WAYS);
});
