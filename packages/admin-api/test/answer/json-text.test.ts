import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jsonArray, jsonObject, jsonText } from '../../src/answer/json-text.ts';

const anyMembers = fc.uniqueArray(fc.tuple(fc.string({ unit: 'binary' }), fc.jsonValue()), {
  selector: ([name]) => name,
});

describe('a JSON text in pieces', () => {
  it('is what JSON.stringify makes of the value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        expect([...jsonText(value)].join('')).toBe(JSON.stringify(value));
      }),
    );
  });

  it('is that of the array or the object that its entries are of', () => {
    fc.assert(
      fc.property(anyMembers, (members) => {
        const values = members.map(([, value]) => value);
        expect([...jsonArray(values)].join('')).toBe(JSON.stringify(values));
        const object = Object.create(null);
        for (const [name, value] of members) {
          Object.defineProperty(object, name, { value, enumerable: true });
        }
        const parsed = JSON.parse([...jsonObject(members)].join('')) as object;
        // Whatever their order: that of keys that look like indices is JavaScript's own.
        expect(new Map(Object.entries(parsed))).toEqual(
          new Map(Object.entries(JSON.parse(JSON.stringify(object)))),
        );
      }),
    );
  });

  it('leaves out what is undefined', () => {
    expect([...jsonText({ a: undefined, b: { c: undefined } })].join('')).toBe('{"b":{}}');
  });

  it('asks for an entry when it comes to it', () => {
    let made = 0;
    const text = jsonArray(
      (function* () {
        for (;;) yield made++;
      })(),
    );
    for (let pieces = 0; pieces < 10; pieces++) text.next();
    expect(made).toBeLessThanOrEqual(6);
  });
});
