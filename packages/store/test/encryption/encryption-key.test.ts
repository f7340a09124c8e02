import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseEncryptionKey } from '../../src/encryption/encryption-key.ts';

const KEY = new Uint8Array(randomBytes(32));
const HEX = Buffer.from(KEY).toString('hex');
const BASE64 = Buffer.from(KEY).toString('base64');
const HEX_OF_16 = randomBytes(16).toString('hex');

describe('an encryption key as text', () => {
  it('is hex in either letter case, or base64 in either alphabet, padded or not', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (key) => {
        fc.pre(key.some((byte) => byte !== 0));
        const buffer = Buffer.from(key);
        const base64 = buffer.toString('base64');
        const texts = [buffer.toString('hex'), buffer.toString('hex').toUpperCase(), base64];
        texts.push(base64.slice(0, -1), buffer.toString('base64url'), `${buffer.toString('base64url')}=`);
        for (const text of texts) expect(parseEncryptionKey(text)).toStrictEqual(key);
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['a password', 'correct horse battery staple'],
    ['16 bytes in hex', HEX_OF_16],
    ['16 bytes in base64', randomBytes(16).toString('base64')],
    ['31 bytes in hex', HEX.slice(2)],
    ['33 bytes in hex', `${HEX}00`],
    ['63 digits', HEX.slice(1)],
    ['64 characters, one of them no digit', `${HEX.slice(1)}g`],
    ['31 bytes in base64', Buffer.from(KEY.subarray(1)).toString('base64')],
    ['33 bytes in base64', randomBytes(33).toString('base64')],
    ['64 bytes in base64', randomBytes(64).toString('base64')],
    ['zeros in hex', '0'.repeat(64)],
    ['zeros in base64', `${'A'.repeat(43)}=`],
    ['hex cut to what base64 has', HEX.slice(0, 43)],
    ['hex cut and padded', `${HEX.slice(0, 43)}=`],
    ['digits of 16 bytes, as hex once more', Buffer.from(HEX_OF_16).toString('hex')],
    ['digits of 16 bytes, as base64', Buffer.from(HEX_OF_16).toString('base64')],
    ['base64 in both alphabets', `+-${'a'.repeat(40)}Y=`],
    ['base64 with bits to spare that are set', `${'Q'.repeat(42)}R=`],
    ['padding alone at the end too many', `${BASE64}=`],
    ['a blank before', ` ${BASE64}`],
    ['a line end behind', `${HEX}\n`],
    ['a prefix', `0x${HEX}`],
    ['other digits', '١'.repeat(64)],
    ['a megabyte', 'a'.repeat(2 ** 20)],
  ])('is not %s', (_what, text) => {
    expect(parseEncryptionKey(text)).toBeUndefined();
  });
});
