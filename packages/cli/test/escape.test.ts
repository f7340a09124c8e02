import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { escapeControls } from '../src/escape.ts';

describe('text for a terminal', () => {
  it.each([
    ['\x1b[2J', '\\x1b[2J'],
    ['\x07', '\\x07'],
    ['a\r\nb\tc', 'a\\x0d\\x0ab\\x09c'],
    ['\x9b31m', '\\x9b31m'],
    ['\u202egpj.exe', '\\u202egpj.exe'],
    ['\u2066\u200f', '\\u2066\\u200f'],
    ['a\u2028b', 'a\\u2028b'],
    ['\u{e0041}', '\\u{e0041}'],
    ['\ud800', '\\ud800'],
    ['\0', '\\x00'],
  ])('has %j escaped', (text, expected) => {
    expect(escapeControls(text)).toBe(expected);
  });

  it.each(['GET /users/{id}', 'כתובת', '東京', 'می\u200cخواهم', '❤️', '👩\u200d🚒', 'é', '\\x1b'])(
    'has %s as it is',
    (text) => {
      expect(escapeControls(text)).toBe(text);
    },
  );

  it('holds nothing that a terminal obeys or that hides, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const escaped = escapeControls(text);
        expect(escaped).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
        expect(escaped.replace(/[\u200c\u200d]/g, '')).not.toMatch(/\p{Cf}/u);
      }),
    );
  });

  it('stays the same when it is escaped again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = escapeControls(text);
        expect(escapeControls(once)).toBe(once);
      }),
    );
  });
});
