import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HttpProblem } from '../../src/http-problem.ts';
import { type Bookmark, Cursors } from '../../src/paging/cursors.ts';
import { NOW_MS } from '../served.ts';

const KEY = Buffer.alloc(32, 7);
const HOUR_MS = 3_600_000;
const cursorsAt = (nowMs: number, key = KEY) => new Cursors({ key, clock: { now: () => nowMs } });
const cursors = cursorsAt(NOW_MS);

const anyBookmark: fc.Arbitrary<Bookmark> = fc.record({
  resource: fc.constantFrom('endpoints', 'users', 'slow-requests'),
  fromMs: fc.double({ min: 0, max: 8.64e15, noNaN: true }),
  toMs: fc.double({ min: 0, max: 8.64e15, noNaN: true }),
  sort: fc.constantFrom('count', 'p95'),
  after: fc.record({
    value: fc.option(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true })),
    name: fc.string({ unit: 'binary' }).map((name) => name.toWellFormed()),
  }),
});
const BOOKMARK: Bookmark = {
  resource: 'endpoints',
  fromMs: 1,
  toMs: 2,
  sort: 'count',
  after: { value: 3, name: 'GET /' },
};

function problemOf(read: () => unknown): { status: number; code: string } | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (!(error instanceof HttpProblem)) throw error;
    return { status: error.status, code: error.code };
  }
}

const INVALID = { status: 400, code: 'invalid_cursor' };
const EXPIRED = { status: 410, code: 'cursor_expired' };

describe('a cursor', () => {
  it('fits into a URL and means its bookmark, for an hour', () => {
    fc.assert(
      fc.property(anyBookmark, (bookmark) => {
        const cursor = cursors.cursorOf(bookmark);
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(cursorsAt(NOW_MS + HOUR_MS - 1).bookmarkOf(cursor, bookmark.resource)).toEqual(bookmark);
        expect(problemOf(() => cursorsAt(NOW_MS + HOUR_MS).bookmarkOf(cursor, bookmark.resource))).toEqual(
          EXPIRED,
        );
      }),
    );
  });

  it('is none of another resource', () => {
    expect(problemOf(() => cursors.bookmarkOf(cursors.cursorOf(BOOKMARK), 'users'))).toEqual(INVALID);
  });

  it('of another key has expired', () => {
    const others = cursorsAt(NOW_MS, Buffer.alloc(32, 8));
    expect(problemOf(() => others.bookmarkOf(cursors.cursorOf(BOOKMARK), 'endpoints'))).toEqual(EXPIRED);
  });

  it.each(['', 'a', '=', 'YWJj', '....', 'ü', `${'A'.repeat(10_000)}`])('is not %j', (text) => {
    expect([INVALID, EXPIRED]).toContainEqual(problemOf(() => cursors.bookmarkOf(text, 'endpoints')));
  });

  it('is taken with no bit of it changed', () => {
    const bytes = Buffer.from(cursors.cursorOf(BOOKMARK), 'base64url');
    for (let bit = 0; bit < bytes.byteLength * 8; bit++) {
      const forged = Buffer.from(bytes);
      forged[bit >> 3]! ^= 1 << (bit & 7);
      const problem = problemOf(() => cursors.bookmarkOf(forged.toString('base64url'), 'endpoints'));
      // In the first six bytes it looks like another run's.
      expect(problem).toEqual(bit < 48 ? EXPIRED : INVALID);
    }
  });

  it('is taken in no other spelling', () => {
    fc.assert(
      fc.property(
        anyBookmark,
        fc.nat(),
        fc.string({ maxLength: 2 }),
        fc.nat(2),
        (bookmark, at, text, length) => {
          const cursor = cursors.cursorOf(bookmark);
          const start = at % (cursor.length + 1);
          const changed = cursor.slice(0, start) + text + cursor.slice(start + length);
          fc.pre(changed !== cursor);
          expect([INVALID, EXPIRED]).toContainEqual(
            problemOf(() => cursors.bookmarkOf(changed, bookmark.resource)),
          );
        },
      ),
      { numRuns: 1000 },
    );
  });
});
