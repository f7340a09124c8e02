import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { describeKind, describeValue } from '../../src/config/describe-value.ts';

class Shop {}
const anonymous = new (class {})();
const named = (name: unknown) => Object.create({ constructor: { name } });

describe('describeValue', () => {
  it.each([
    ['', '""'],
    ['a "b" \\', '"a \\"b\\" \\\\"'],
    ['a\u001b\n\u0085', '"a\\u001b\\n\\u0085"'],
    ['\udfff', '"\\udfff"'],
    ['x'.repeat(60), `"${'x'.repeat(60)}"`],
    ['x'.repeat(61), `"${'x'.repeat(60)}…" (61 characters)`],
    [`${'x'.repeat(59)}😀`, `"${'x'.repeat(59)}\\ud83d…" (61 characters)`],
    ['http://me:secret@host/?key=secret', '"http://…"'],
    [`${'x'.repeat(100)}://secret`, `"${'x'.repeat(60)}://…"`],
    [-0, '-0'],
    [1e21, '1e+21'],
    [-(10n ** 29n), `-1${'0'.repeat(29)}n`],
    [10n ** 30n, 'a bigint'],
    [undefined, 'undefined'],
    [Symbol('secret'), 'a symbol'],
  ])('shows a primitive: %p as %s', (value, shown) => {
    expect(describeValue(value)).toBe(shown);
  });

  it.each([
    [() => {}, 'a function'],
    [class {}, 'a function'],
    [{ secret: 1 }, 'an object'],
    [Object.create(null), 'an object'],
    [[1, 2], 'an array of 2'],
    [new Map(), 'an instance of Map'],
    [new Shop(), 'an instance of Shop'],
    [anonymous, 'an object'],
    [named(7), 'an object'],
    [named('x\n'.repeat(100)), `an instance of ${'x\\u000a'.repeat(30)}`],
  ])('names the kind of an object: %p as %s', (value, shown) => {
    expect(describeValue(value)).toBe(shown);
    expect(describeKind(value)).toBe(shown);
  });

  it('never throws, and is one short line without control characters', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withMap: true, withDate: true }), (value) => {
        expect(describeValue(value)).toMatch(/^\P{C}{1,400}$/u);
      }),
    );
  });
});

describe('describeKind', () => {
  it.each([
    ['secret', 'a string of 6 characters'],
    [1, 'a number'],
    [1n, 'a bigint'],
    [Symbol('secret'), 'a symbol'],
    [null, 'null'],
    [true, 'true'],
  ])('shows nothing of the content: %p as %s', (value, shown) => {
    expect(describeKind(value)).toBe(shown);
  });
});
