import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ByteReader } from '../src/byte-reader.ts';
import { ByteWriter } from '../src/byte-writer.ts';
import { anyText } from './anything.ts';
import { badDataOf } from './bad-data.ts';

describe('what was written', () => {
  it('is read again', () => {
    const anyByte = fc.nat(255);
    const anyInteger = fc.oneof(
      fc.maxSafeNat(),
      fc.constantFrom(0, 127, 128, 2 ** 32, Number.MAX_SAFE_INTEGER),
    );
    const anyItem = fc.tuple(anyByte, anyInteger, fc.double(), anyText(20));
    fc.assert(
      fc.property(fc.array(anyItem, { maxLength: 30 }), (items) => {
        const writer = new ByteWriter();
        for (const [byte, integer, float, text] of items) {
          writer.byte(byte);
          writer.varint(integer);
          writer.float64(float);
          writer.string(text);
        }
        const reader = new ByteReader(writer.finish());
        const read = items.map(() => [reader.byte(), reader.varint(), reader.float64(), reader.string()]);
        reader.finish();
        expect(read).toEqual(items);
      }),
    );
  });

  it('keeps a byte order mark and a NUL', () => {
    const writer = new ByteWriter();
    writer.string('\ufeffa\u0000');
    expect(new ByteReader(writer.finish()).string()).toBe('\ufeffa\u0000');
  });

  it('is gone once it was taken out, and the writer begins anew', () => {
    const writer = new ByteWriter();
    for (const text of ['a', 'x'.repeat(2_000_000), 'b']) {
      writer.string(text);
      expect(new ByteReader(writer.finish()).string()).toBe(text);
    }
    expect(writer.finish()).toHaveLength(0);
  });

  it('can be taken back, to the byte', () => {
    const writer = new ByteWriter();
    writer.varint(300);
    const kept = writer.length;
    writer.string('no');
    writer.truncate(kept);
    writer.varint(7);
    const reader = new ByteReader(writer.finish());
    expect([reader.varint(), reader.varint()]).toEqual([300, 7]);
    reader.finish();
  });

  it('is read from the middle of a larger buffer', () => {
    const larger = Uint8Array.of(9, 9, 0x80, 1, 9);
    const reader = new ByteReader(larger.subarray(2, 4));
    expect(reader.varint()).toBe(128);
    reader.finish();
  });
});

describe('an integer past 2^53 − 1', () => {
  it('is written as 2^53 − 1', () => {
    const writer = new ByteWriter();
    writer.varint(2 ** 60);
    expect(new ByteReader(writer.finish()).varint()).toBe(Number.MAX_SAFE_INTEGER);
  });

  it.each([
    [[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]],
    [[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01]],
  ])('is bad data when it is read', (bytes) => {
    expect(badDataOf(() => new ByteReader(Uint8Array.from(bytes)).varint())).toMatch(/2\^53/);
  });
});

describe('bytes that end too early', () => {
  it.each<[string, number[], (reader: ByteReader) => unknown]>([
    ['a byte', [], (reader) => reader.byte()],
    ['an integer', [0x80], (reader) => reader.varint()],
    ['a float', [0, 0, 0, 0, 0, 0, 0], (reader) => reader.float64()],
    ['a text', [3, 0x61, 0x62], (reader) => reader.string()],
    ['a text said to be huge', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f], (reader) => reader.string()],
  ])('are bad data where %s is read', (_what, bytes, read) => {
    expect(badDataOf(() => read(new ByteReader(Uint8Array.from(bytes))))).toMatch(/ends too early/);
  });
});

it('is bad data where a text is not UTF-8', () => {
  expect(badDataOf(() => new ByteReader(Uint8Array.of(2, 0xc3, 0x28)).string())).toMatch(/UTF-8/);
});

it('is bad data where bytes follow the end', () => {
  expect(badDataOf(() => new ByteReader(Uint8Array.of(1, 2, 3)).finish())).toMatch(/3 bytes follow/);
});
