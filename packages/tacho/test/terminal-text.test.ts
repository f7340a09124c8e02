import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { terminalText } from '../src/terminal-text.ts';

describe('terminalText', () => {
  it.each([
    ['plain "text" with ünïcode 漢字 😀', 'plain "text" with ünïcode 漢字 😀'],
    ['a\u001b[31mred', 'a\\u001b[31mred'],
    ['a\r\nb\tc\0\u0007', 'a\\u000d\\u000ab\\u0009c\\u0000\\u0007'],
    ['\u009b2J', '\\u009b2J'],
    ['\u202egnp', '\\u202egnp'],
    ['a\u200b\u2028\u2029', 'a\\u200b\\u2028\\u2029'],
    ['\ud800', '\\ud800'],
    ['\u{e0001}', '\\udb40\\udc01'],
  ])('writes %j as %j', (text, shown) => {
    expect(terminalText(text)).toBe(shown);
  });

  it('leaves JSON the same JSON', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(JSON.parse(terminalText(JSON.stringify({ text })))).toEqual({ text });
      }),
    );
  });
});
