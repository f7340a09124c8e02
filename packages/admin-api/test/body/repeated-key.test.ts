import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { repeatedKey } from '../../src/body/repeated-key.ts';

/** Keys and texts that look like what stands between them. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom('', '"', '\\', '\\"', ':', '":"', '{"a":', '}', ',', '__proto__', '\u2028'),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.constantFrom(null, true, 1.5),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(text, tie('value'), { maxKeys: 3 }),
  ),
}));

describe('the repeated key of a JSON text', () => {
  it('is none where every object has each once', () => {
    fc.assert(
      fc.property(value, (any) => {
        expect(repeatedKey(JSON.stringify(any))).toBeUndefined();
        expect(repeatedKey(JSON.stringify([any, any, { any }], undefined, 2))).toBeUndefined();
      }),
    );
  });

  it('is found wherever it is', () => {
    fc.assert(
      fc.property(text, value, value, (key, before, between) => {
        const name = JSON.stringify(key);
        const json = `{${name}: ${JSON.stringify(before)}, "\\u2603": ${JSON.stringify(between)}, ${name} : 2}`;
        fc.pre(key !== '\u2603');
        for (const around of [json, `[[],${json}]`, `{"x":[${json}],"y":"x"}`]) {
          expect(repeatedKey(around)).toBe(key);
        }
      }),
    );
  });

  it('is the same however it is escaped', () => {
    expect(repeatedKey('{"rule":1,"\\u0072ule":2}')).toBe('rule');
    expect(repeatedKey('{"__proto__":{},"__proto__":{}}')).toBe('__proto__');
  });
});
