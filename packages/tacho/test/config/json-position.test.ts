import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jsonErrorPosition } from '../../src/config/json-position.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function indexOf(text: string, { line, column }: { line: number; column: number }): number {
  const lines = text.split('\n').slice(0, line - 1);
  return lines.reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
}

describe('where a text stops to be JSON', () => {
  it.each([
    ['', 1, 1],
    ['{"a": 1,}', 1, 9],
    ['{"a": 1}\n}', 2, 1],
    ['{\n  "a": 01\n}', 2, 8],
    ['{\n  "rules": [\n    { name: "x" }\n  ]\n}', 3, 7],
    ['[1, 2', 1, 6],
    ['{"a" 1}', 1, 6],
    ['["a\nb"]', 1, 2],
    ['["\\x"]', 1, 2],
    ['[1 2]', 1, 4],
    ['[truefalse]', 1, 2],
    ['{"a": undefined}', 1, 7],
    ["{'a': 1}", 1, 2],
    ['// no\n{}', 1, 1],
    ['[}', 1, 2],
    ['[1]]', 1, 4],
    ['[,]', 1, 2],
    [':', 1, 1],
  ])('is known by line and column: %j', (text, line, column) => {
    expect(jsonErrorPosition(text)).toEqual({ line, column });
  });

  it('is nowhere where it is JSON, and somewhere where it is not', () => {
    const anyText = fc.oneof(
      fc.json(),
      fc.string(),
      fc.string({ unit: fc.constantFrom(...'{}[],:"\\ \n0123.eE+-truefalsn') }),
      fc.tuple(fc.json(), fc.nat(), fc.string({ maxLength: 2 })).map(([json, at, put]) => {
        const index = at % (json.length + 1);
        return json.slice(0, index) + put + json.slice(index + 1);
      }),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        expect(jsonErrorPosition(text) === undefined).toBe(isJson(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('is never past a token that goes wrong: what is before it can still become JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(), (value, at) => {
        const json = JSON.stringify(value, null, 1);
        const index = at % (json.length + 1);
        const text = `${json.slice(0, index)}\u0000${json.slice(index)}`;
        const found = jsonErrorPosition(text);
        expect(found).toBeDefined();
        if (found !== undefined) expect(indexOf(text, found)).toBeLessThanOrEqual(index);
      }),
    );
  });

  it('is found at once in a text that is large, or deep', () => {
    expect(jsonErrorPosition('['.repeat(1_000_000))).toEqual({ line: 1, column: 1_000_001 });
    expect(jsonErrorPosition(`["${'x'.repeat(1_000_000)}`)).toEqual({ line: 1, column: 2 });
    expect(jsonErrorPosition(`["${'\\n'.repeat(500_000)}", x]`)?.line).toBe(1);
    expect(jsonErrorPosition(' \n'.repeat(500_000))?.line).toBe(500_001);
  });
});
