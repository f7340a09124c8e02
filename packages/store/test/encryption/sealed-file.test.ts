import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isSealedFile } from '../../src/encryption/file-cipher.ts';
import { Keyring } from '../../src/encryption/keyring.ts';
import { openFile, sealFile } from '../../src/encryption/sealed-file.ts';

const CHUNK = 65_536;
const SEALED_CHUNK = CHUNK + 16;
const HEADER = 49;
const KEYS = [randomBytes(32), randomBytes(32)];
const KEYRING = Keyring.of(KEYS.slice(0, 1));
const THREE_CHUNKS = randomBytes(2 * CHUNK + 100);

function seal(...portions: Uint8Array[]): Buffer {
  return Buffer.concat([...sealFile(KEYRING.fileSealer(), portions)]);
}

function open(sealed: Uint8Array, keyring = KEYRING): Buffer {
  return Buffer.concat([...openFile(keyring.fileOpener(), [sealed])]);
}

function portionsOf(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const portions: Uint8Array[] = [];
  let at = 0;
  for (const size of sizes) {
    portions.push(bytes.subarray(at, at + size));
    at += size;
  }
  return [...portions, bytes.subarray(at)];
}

const damaged = expect.objectContaining({ code: 'TACHO_BAD_DATA' });

describe('a sealed file', () => {
  it.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7])(
    'opens again: %d bytes',
    (length) => {
      const plain = randomBytes(length);
      const sealed = seal(plain);
      expect(open(sealed)).toEqual(plain);
      expect(sealed).toHaveLength(HEADER + length + 16 * Math.max(1, Math.ceil(length / CHUNK)));
      expect(isSealedFile(sealed)).toBe(true);
    },
  );

  it('is the same, whatever the portions are', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: CHUNK }), { maxLength: 6 });
    fc.assert(
      fc.property(sizes, sizes, (sealedBy, openedBy) => {
        const sealed = seal(...portionsOf(THREE_CHUNKS, sealedBy));
        const opened = [...openFile(KEYRING.fileOpener(), portionsOf(sealed, openedBy))];
        expect(Buffer.concat(opened).equals(THREE_CHUNKS)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('opens byte by byte', () => {
    const sealed = seal(Buffer.from('{"windows":[]}'));
    const opened = openFile(
      KEYRING.fileOpener(),
      Array.from(sealed, (byte) => Uint8Array.of(byte)),
    );
    expect(Buffer.concat([...opened]).toString()).toBe('{"windows":[]}');
  });

  it('shows nothing of itself, and is never the same twice', () => {
    const plain = Buffer.from('GET /users/:id');
    expect(seal(plain).includes('users')).toBe(false);
    expect(seal(plain).subarray(HEADER)).not.toEqual(seal(plain).subarray(HEADER));
  });

  it('holds no more than a chunk back', () => {
    const sealer = KEYRING.fileSealer();
    let written = 0;
    for (let count = 1; count <= 100; count += 1) {
      written += sealer.add(new Uint8Array(50_000)).length;
      expect(count * 50_000 - written).toBeLessThanOrEqual(CHUNK);
    }
  });
});

describe('a sealed file is refused', () => {
  it('with any one byte changed', () => {
    const sealed = seal(Buffer.from('x'));
    for (const [at, byte] of sealed.entries()) {
      sealed[at] = byte ^ 1;
      expect(() => open(sealed)).toThrow();
      sealed[at] = byte;
    }
    expect(open(sealed).toString()).toBe('x');
  });

  it('wherever it is cut off', () => {
    const sealed = seal(THREE_CHUNKS);
    const ends = Array.from({ length: HEADER + 20 }, (_, length) => length);
    for (let chunk = 0; chunk <= 2; chunk += 1)
      for (const by of [-1, 0, 1, 16, 17]) ends.push(HEADER + chunk * SEALED_CHUNK + by);
    ends.push(sealed.length - 1);
    for (const end of ends) expect(() => open(sealed.subarray(0, end))).toThrow(damaged);
  });

  it('where something follows', () => {
    expect(() => open(Buffer.concat([seal(THREE_CHUNKS), Buffer.of(0)]))).toThrow(damaged);
    expect(() => open(Buffer.concat([seal(Buffer.alloc(CHUNK)), Buffer.alloc(16)]))).toThrow(damaged);
  });

  it.each([
    ['swapped', [0, 2, 1, 3]],
    ['left out', [0, 2, 3]],
    ['repeated', [0, 1, 1, 2, 3]],
  ])('with chunks %s', (_what, order) => {
    const sealed = seal(THREE_CHUNKS);
    const [header, ...rest] = portionsOf(sealed, [HEADER, SEALED_CHUNK, SEALED_CHUNK]);
    const parts = [header, ...rest];
    expect(() => open(Buffer.concat(order.map((index) => parts[index] ?? Buffer.alloc(0))))).toThrow(damaged);
  });

  it('with a chunk of another file of the same key', () => {
    const [one, other] = [seal(THREE_CHUNKS), seal(THREE_CHUNKS)];
    other.copy(one, HEADER, HEADER, HEADER + SEALED_CHUNK);
    expect(() => open(one)).toThrow(damaged);
  });

  it('without a key, and with another', () => {
    const sealed = seal(THREE_CHUNKS);
    const code = (code: string) => expect.objectContaining({ code });
    expect(() => open(sealed, Keyring.of([]))).toThrow(code('TACHO_STORE_ENCRYPTED'));
    expect(() => open(sealed, Keyring.of(KEYS.slice(1)))).toThrow(code('TACHO_STORE_WRONG_KEY'));
    expect(open(sealed, Keyring.of(KEYS.toReversed()))).toEqual(THREE_CHUNKS);
  });

  it('where it is something else, whatever it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(isSealedFile(bytes)).toBe(false);
        expect(() => open(bytes)).toThrow(damaged);
        expect(() => open(bytes, Keyring.of([]))).toThrow(damaged);
      }),
    );
  });

  it('in the making, where there is no key to seal it with', () => {
    expect(() => Keyring.of([]).fileSealer()).toThrow(expect.objectContaining({ code: 'TACHO_BAD_OPTION' }));
  });
});
