import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { escapeControls } from '../src/escape.ts';
import { cutToWidth, fitToWidth } from '../src/text-width.ts';

const texts = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'grapheme-ascii' }),
  )
  .map(escapeControls);
const widths = fc.nat({ max: 40 });

describe('text cut to a width', () => {
  it.each([
    ['GET /users', 10, 'GET /users'],
    ['GET /users', 9, 'GET /use…'],
    ['GET /users', 1, '…'],
    ['GET /users', 0, ''],
    ['東京都', 6, '東京都'],
    ['東京都', 5, '東京…'],
    ['東京都', 4, '東…'],
    ['東京都', 2, '…'],
    ['👩‍🚒👩‍🚒', 3, '👩‍🚒…'],
    ['', 5, ''],
  ])('is, for %j in %i columns, %j', (text, width, expected) => {
    expect(cutToWidth(text, width)).toBe(expected);
  });

  it('is never wider than asked', () => {
    fc.assert(
      fc.property(texts, widths, (text, width) => {
        expect(stringWidth(cutToWidth(text, width))).toBeLessThanOrEqual(width);
      }),
      { numRuns: 1000 },
    );
  });

  it('is the text itself where that fits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }).map(escapeControls), (text) => {
        expect(cutToWidth(text, stringWidth(text))).toBe(text);
      }),
    );
  });

  it('is short however many marks are piled on a letter', () => {
    const piled = `a${'\u0301'.repeat(10_000)}b`;
    expect(cutToWidth(piled, 10)).toBe('\u{FFFD}b');
  });

  it('takes no longer for 10 MB than for a line', () => {
    const long = 'x'.repeat(10_000_000);
    const startedAt = performance.now();
    expect(cutToWidth(long, 80)).toHaveLength(80);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});

describe('text fitted to a width', () => {
  it('is exactly that wide', () => {
    fc.assert(
      fc.property(texts, widths, fc.constantFrom('left' as const, 'right' as const), (text, width, align) => {
        expect(stringWidth(fitToWidth(text, width, align))).toBe(width);
      }),
      { numRuns: 1000 },
    );
  });

  it('stands at the side it is told to', () => {
    expect([fitToWidth('ab', 4, 'left'), fitToWidth('ab', 4, 'right')]).toEqual(['ab  ', '  ab']);
  });
});
