import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Keyring } from '../../src/encryption/keyring.ts';

const KEYS = [randomBytes(32), randomBytes(32), randomBytes(32)];
const PLAIN = Keyring.of([]);
const SECRET = Keyring.of(KEYS.slice(0, 1));
const BOTH = [
  ['without a key', PLAIN],
  ['with a key', SECRET],
] as const;

const bytes = (text: string) => new TextEncoder().encode(text);
const ROW = bytes('window 7');
const PAYLOAD = bytes('GET /users/:id');

describe.each(BOTH)('what is sealed %s', (_name, keyring) => {
  it('opens with the same associated data, whatever they and the payload are', () => {
    const some = fc.uint8Array({ maxLength: 300 });
    fc.assert(
      fc.property(some, some, (payload, associated) => {
        const opened = keyring.open(keyring.seal(payload, associated), associated);
        expect(opened).toStrictEqual(payload);
        expect(opened.buffer.byteLength).toBe(payload.length);
      }),
    );
  });

  it('may lie anywhere in a larger buffer', () => {
    const larger = new Uint8Array(1000).fill(7);
    const sealed = keyring.seal(PAYLOAD, ROW);
    larger.set(sealed, 13);
    expect(keyring.open(larger.subarray(13, 13 + sealed.length), ROW)).toEqual(PAYLOAD);
  });

  it('is refused with any one byte changed', () => {
    const sealed = keyring.seal(bytes('x'), ROW);
    for (const [at, byte] of sealed.entries())
      for (const change of [1, 2, 3, 0x10, 0x80, 0xff]) {
        sealed[at] = byte ^ change;
        expect(() => keyring.open(sealed, ROW)).toThrow();
        sealed[at] = byte;
      }
    expect(keyring.open(sealed, ROW)).toEqual(bytes('x'));
  });

  it('is refused where it is cut short, or something follows', () => {
    const sealed = keyring.seal(PAYLOAD, ROW);
    const others = Array.from(sealed, (_byte, length) => sealed.subarray(0, length));
    others.push(Uint8Array.of(...sealed, 0));
    for (const other of others)
      expect(() => keyring.open(other, ROW)).toThrow(expect.objectContaining({ code: 'TACHO_BAD_DATA' }));
  });

  it.each([
    ['another row', bytes('window 8'), PAYLOAD],
    ['nothing', bytes(''), PAYLOAD],
    ['a beginning of the payload', bytes('window 7G'), PAYLOAD.subarray(1)],
  ])('is refused for %s', (_other, associated, payload) => {
    const sealed = keyring.seal(payload, ROW);
    expect(() => keyring.open(sealed, associated)).toThrow(
      expect.objectContaining({ code: 'TACHO_BAD_DATA' }),
    );
  });

  it('is refused, and nothing else is thrown, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (sealed) => {
        const code = expect.stringMatching(/^TACHO_(BAD_DATA|STORE_ENCRYPTED|STORE_WRONG_KEY)$/);
        expect(() => keyring.open(sealed, ROW)).toThrow(expect.objectContaining({ code }));
      }),
    );
  });

  it('has a check that holds for the same bytes alone', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (some, other) => {
        const mac = keyring.mac(some);
        expect(keyring.verify(some, mac)).toBe(true);
        expect(keyring.verify(other, mac)).toBe(Buffer.compare(some, other) === 0);
        expect(keyring.verify(some, mac.subarray(1))).toBe(false);
      }),
    );
  });
});

describe('an encrypted payload', () => {
  it('shows nothing of itself, and is never the same twice', () => {
    const sealed = SECRET.seal(PAYLOAD, ROW);
    expect(Buffer.from(sealed).includes('users')).toBe(false);
    expect(SECRET.seal(PAYLOAD, ROW)).not.toEqual(sealed);
    expect(sealed).toHaveLength(PAYLOAD.length + 37);
  });

  it('needs a key', () => {
    expect(() => PLAIN.open(SECRET.seal(PAYLOAD, ROW), ROW)).toThrow(
      expect.objectContaining({ code: 'TACHO_STORE_ENCRYPTED' }),
    );
  });

  it('needs the key that it was sealed under', () => {
    const other = Keyring.of(KEYS.slice(1));
    expect(() => other.open(SECRET.seal(PAYLOAD, ROW), ROW)).toThrow(
      expect.objectContaining({ code: 'TACHO_STORE_WRONG_KEY' }),
    );
  });

  it('is not opened by a key that takes the name of its own', () => {
    const sealed = SECRET.seal(PAYLOAD, ROW);
    sealed.set(Keyring.of(KEYS.slice(1)).currentKeyId ?? [], 1);
    expect(() => Keyring.of(KEYS).open(sealed, ROW)).toThrow(
      expect.objectContaining({ code: 'TACHO_BAD_DATA' }),
    );
  });

  it('has a nonce of its own, 20,000 times', () => {
    const seen = new Set<string>();
    for (let count = 0; count < 20_000; count += 1)
      seen.add(Buffer.from(SECRET.seal(new Uint8Array(0), ROW).subarray(9, 21)).toString('latin1'));
    expect(seen.size).toBe(20_000);
  });
});

describe('a keyring of several keys', () => {
  const rotated = Keyring.of([KEYS[1]!, KEYS[0]!]);

  it('writes under the first and reads under all', () => {
    expect(rotated.open(SECRET.seal(PAYLOAD, ROW), ROW)).toEqual(PAYLOAD);
    const sealed = rotated.seal(PAYLOAD, ROW);
    expect(sealed.subarray(1, 9)).toEqual(rotated.currentKeyId);
    expect(Keyring.of([KEYS[1]!]).open(sealed, ROW)).toEqual(PAYLOAD);
    expect(() => SECRET.open(sealed, ROW)).toThrow();
  });

  it('reads what was written before there was a key', () => {
    expect(rotated.open(PLAIN.seal(PAYLOAD, ROW), ROW)).toEqual(PAYLOAD);
    expect(rotated.verify(PAYLOAD, PLAIN.mac(PAYLOAD))).toBe(true);
  });

  it('knows what is to be sealed anew', () => {
    expect(rotated.isCurrent(rotated.seal(PAYLOAD, ROW))).toBe(true);
    expect(rotated.isCurrent(SECRET.seal(PAYLOAD, ROW))).toBe(false);
    expect(rotated.isCurrent(PLAIN.seal(PAYLOAD, ROW))).toBe(false);
    expect(PLAIN.isCurrent(PLAIN.seal(PAYLOAD, ROW))).toBe(true);
    expect(PLAIN.isCurrent(SECRET.seal(PAYLOAD, ROW))).toBe(false);
  });

  it('knows the checks made under each', () => {
    expect(rotated.verify(PAYLOAD, SECRET.mac(PAYLOAD))).toBe(true);
    expect(rotated.verify(PAYLOAD, Keyring.of([KEYS[2]!]).mac(PAYLOAD))).toBe(false);
    expect(PLAIN.verify(PAYLOAD, SECRET.mac(PAYLOAD))).toBe(false);
  });

  it('knows its keys by their ids', () => {
    expect(rotated.has(SECRET.currentKeyId!)).toBe(true);
    expect(rotated.has(Keyring.of([KEYS[2]!]).currentKeyId!)).toBe(false);
    expect(PLAIN.has(SECRET.currentKeyId!)).toBe(false);
    expect([PLAIN.encrypts, PLAIN.currentKeyId, rotated.encrypts]).toEqual([false, undefined, true]);
  });

  it('finds a text under every digest that it has had', () => {
    expect(PLAIN.digest('lease')).toEqual(Buffer.from('lease'));
    expect(SECRET.digest('lease')).toEqual(Keyring.of([KEYS[0]!]).digest('lease'));
    expect(rotated.digests('lease')).toEqual([
      rotated.digest('lease'),
      SECRET.digest('lease'),
      PLAIN.digest('lease'),
    ]);
  });
});

describe('a key', () => {
  it.each([0, 16, 31, 33, 64])('of %d bytes is refused', (length) => {
    expect(() => Keyring.of([randomBytes(length)])).toThrow(
      expect.objectContaining({ code: 'TACHO_BAD_OPTION' }),
    );
  });

  it('is used as itself nowhere: its id, checks and digests come of keys derived from it', () => {
    const [key = new Uint8Array()] = KEYS;
    const derived = (use: string) => Buffer.from(hkdfSync('sha256', key, '', `tacho 1 ${use}`, 32));
    expect(Buffer.from(SECRET.currentKeyId!)).toEqual(derived('key id').subarray(0, 8));
    const mac = createHmac('sha256', derived('mac')).update(PAYLOAD).digest().subarray(0, 16);
    expect(Buffer.from(SECRET.mac(PAYLOAD))).toEqual(mac);
    expect(SECRET.digest('a')).toEqual(createHmac('sha256', derived('digest')).update('a').digest());
  });
});
