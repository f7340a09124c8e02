import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { boundedText, compareText, keptText } from '../src/kept-text.ts';
import { anyText } from './anything.ts';
import { ODD_NAMES } from './odd-names.ts';

describe('a text that is kept', () => {
  it('is the same where it is well-formed and not too long', () => {
    fc.assert(
      fc.property(anyText(50), (text) => {
        expect(keptText(text)).toBe(text);
      }),
    );
    expect(ODD_NAMES.map(keptText)).toEqual(ODD_NAMES);
  });

  it('is known by what is kept of it', () => {
    const anyUnits = fc
      .array(fc.nat(0xffff), { maxLength: 1100 })
      .map((units) => String.fromCharCode(...units));
    fc.assert(
      fc.property(anyUnits, (text) => {
        expect(keptText(text)).toBe(boundedText(text));
        expect(keptText(keptText(text))).toBe(keptText(text));
        expect(keptText(text).length).toBeLessThanOrEqual(1024);
      }),
    );
  });

  it('has no half of a surrogate pair, not even where it was cut', () => {
    expect(keptText(`a\ud800`)).toBe('a\ufffd');
    expect(keptText(`${'x'.repeat(1023)}😀`)).toBe(`${'x'.repeat(1023)}\ufffd`);
  });
});

it('texts are ordered by their UTF-16 units', () => {
  expect(['b', 'a', 'B', 'ä', '', 'a'].sort(compareText)).toEqual(['', 'B', 'a', 'a', 'b', 'ä']);
});
