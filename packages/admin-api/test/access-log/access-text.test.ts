import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { CountedAccess } from '../../src/access-log/access.ts';
import { accessOf, bounded, textOf } from '../../src/access-log/access-text.ts';

const entryOf = (text: string, timestampMs = 5) => ({ timestampMs, writer: 'w', sequence: 0, text });

/** All that would break a line, end a text, or move a terminal's cursor. */
const anyName = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '\r\n',
    '\u001b[2J',
    '\u2028\u2029',
    '"}\n{"',
    '\u0000',
    '\u007f\u0085\u009b',
    '\ud800',
    '\\u000a',
  ),
);

const anyAccess: fc.Arbitrary<CountedAccess> = fc.record({
  timestampMs: fc.constant(5),
  who: anyName,
  role: fc.constantFrom('admin', 'viewer', undefined),
  network: anyName,
  method: anyName,
  operation: anyName,
  target: anyName,
  status: fc.nat(599),
  reason: anyName.map((reason) => reason || undefined),
  count: fc.integer({ min: 1 }),
});

describe('the text of an access', () => {
  it('is one printable line, and reads as what it was made of', () => {
    fc.assert(
      fc.property(anyAccess, (access) => {
        const text = textOf(access);
        expect(text).toMatch(/^[\x20-\x7e]+$/);
        expect(accessOf(entryOf(text))).toEqual(access);
      }),
    );
  });

  it('is short', () => {
    const access = {
      timestampMs: 5,
      who: 'ops',
      role: 'admin',
      network: '10.0.0.0/24',
      method: 'GET',
      target: '',
    } as const;
    expect(textOf({ ...access, operation: '/users', status: 200, reason: undefined, count: 1 })).toBe(
      '{"v":1,"who":"ops","role":"admin","network":"10.0.0.0/24","method":"GET","operation":"/users","status":200}',
    );
  });

  it('is no longer than it may be, whatever was sent', () => {
    const long = '\u2028'.repeat(15_000);
    const access = {
      timestampMs: 5,
      who: long,
      role: undefined,
      network: long,
      method: long,
      operation: long,
      target: 'a1b2c3d4e5f6',
    };
    const text = textOf({ ...bounded({ ...access, status: 400, reason: long }), count: 1 });
    expect(text.length).toBeLessThan(6150);
  });

  it.each([
    ['no JSON', 'GET /users'],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[1]'],
    ['another version', '{"v":2,"who":"a"}'],
    ['no version', '{"who":"a"}'],
    ['a name that is none', '{"v":1,"who":5}'],
    ['another role', '{"v":1,"role":"root"}'],
    ['a count of none', '{"v":1,"count":0}'],
    ['a status that is none', '{"v":1,"status":"200"}'],
  ])('is told from %s', (_, text) => {
    expect(accessOf(entryOf(text))).toBeUndefined();
  });

  it('of anything never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => void accessOf(entryOf(text))),
    );
  });
});
