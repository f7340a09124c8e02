import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isIdentifier } from '../src/url-segment.ts';
import { growth, LINEAR } from './growth.ts';

describe('an identifier is', () => {
  it.each([
    ['a number', '7'],
    ['a long number', '18446744073709551615'],
    ['a padded number', '007'],
    ['a UUID', '9f1c2a34-0b1d-4c2e-8f3a-5b6c7d8e9f0a'],
    ['a UUID in capitals', '9F1C2A34-0B1D-4C2E-8F3A-5B6C7D8E9F0A'],
    ['a UUID without digits', 'abcdefab-cdef-abcd-efab-cdefabcdefab'],
    ['an object id', '507f1f77bcf86cd799439011'],
    ['a short commit hash', '4f3a2b1c'],
    ['a SHA-256', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['a ULID', '01ARZ3NDEKTSV4RRFFQ69G5FAV'],
    ['a date', '2025-07-19'],
    ['a date and time', '2025-07-19T01:42:25.123456Z'],
    ['an e-mail address', 'user@sharif.edu'],
    ['an escaped e-mail address', 'user%40sharif.edu'],
    ['a phone number', '+982112345678'],
    ['an IBAN', 'DE89370400440532013000'],
    ['a serial number', 'order-20931'],
    ['a token', 'aX93kd81'],
    ['a signed token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.q0yDhKZ4d'],
    ['a word of over 20 letters', 'a'.repeat(21)],
    ['words of over 40 characters', `${'a-'.repeat(20)}a`],
    ['a hashed file name', 'main.4f3a2b1c.js'],
    ['a matrix parameter', 'cars;color=red'],
    ['a position', '35.6,51.3'],
    ['escaped text', 'caf%C3%A9'],
    ['text past ASCII', 'café'],
    ['a blank', 'a b'],
    ['a home directory', '~alice'],
    ['a first name', 'Zaphod'],
    ['a name', 'JaneDoe'],
    ['a name in capitals', 'ZAPHOD'],
    ['a name with a dash', 'Anne-Marie'],
    ['a name with a dot', 'jane.doe'],
    ['a name and a year', 'jane1984'],
    ['a name and a number', 'user-42'],
    ['a key that tells its kind', 'sk_live_aBcDeFgHiJkLmNoP'],
    ['letters in random case', 'aBcDeF'],
    ['letters in random case and pairs', 'qUXwerTYuiop'],
    ['letters and digits in turn', 'ab3de9fg'],
    ['letters, digits and a capital', 'tok9Abc'],
    ['a token of words, dots and dashes', 'abc.def-ghi'],
    ['a host name', 'mail.example.org'],
    ['a photograph', 'zaphod.jpg'],
    ['a document', 'jane-doe-cv.pdf'],
    ['a file after a person', 'Zaphod.html'],
    ['a file after a person with two names', 'jane.doe.html'],
    ['a latitude', '35.6'],
    ['base64', 'emFwaG9k'],
    ['a circumflex', 'a^b'],
    ['the label of an identifier itself', '{id}'],
    ['the label of a name itself', '{name}'],
    ['the label of a rest itself', '{...}'],
  ])('%s: %s', (_what, segment) => {
    expect(isIdentifier(segment)).toBe(true);
  });
});

describe('a word is', () => {
  it.each([
    ['a name', 'users'],
    ['a name with dashes', 'password-reset'],
    ['a name with underscores', 'password_reset'],
    ['a name in mixed case', 'getUserById'],
    ['a name in mixed case of two words', 'getUser'],
    ['an abbreviation at the end', 'getUserID'],
    ['an abbreviation within', 'parseXMLFile'],
    ['names of both kinds', 'api_v2-getUser'],
    ['a version', 'v1'],
    ['a version with a dot', 'v1.2'],
    ['a version of two digits', 'v12'],
    ['a version in capitals', 'V2'],
    ['a version of three digits', 'v100'],
    ['a protocol', 'oauth2'],
    ['an encoding', 'utf8'],
    ['a hash function', 'sha256'],
    ['a second factor', '2fa'],
    ['an encoding with digits', 'base64'],
    ['an abbreviation around its length', 'i18n'],
    ['a file', 'favicon.ico'],
    ['a page', 'index.html'],
    ['a file of two words', 'apple-touch-icon.png'],
    ['a versioned file', 'jquery-3.7.1.min.js'],
    ['letters of hexadecimal digits', 'deadbeef'],
    ['a word of 20 letters', 'a'.repeat(20)],
    ['words of 40 characters', `${'ab-'.repeat(13)}c`],
    ['a dot file', '.well-known'],
    ['a trailing slash', ''],
    ['a property of every object', '__proto__'],
    ['a property of every object', 'constructor'],
  ])('%s: %s', (_what, segment) => {
    expect(isIdentifier(segment)).toBe(false);
  });
});

describe('isIdentifier', () => {
  it('takes any number, UUID or address for an identifier', () => {
    const identifier = fc.oneof(
      fc.nat().map(String),
      fc.uuid(),
      fc.emailAddress(),
      fc.bigInt({ min: 0n }).map(String),
    );
    fc.assert(fc.property(identifier, (segment) => expect(isIdentifier(segment)).toBe(true)));
  });

  it('takes any short run of small letters for a word, and none that begins with a capital', () => {
    const word = fc.stringMatching(/^[a-z]{1,20}$/);
    fc.assert(
      fc.property(word, (segment) => {
        expect(isIdentifier(segment)).toBe(false);
        expect(isIdentifier(`Z${segment}`)).toBe(true);
      }),
    );
  });

  it.each(['a', '1', 'f', '-', '%', '.', '@', 'a1'])(
    'takes time in proportion to a segment of %j',
    (unit) => {
      expect(growth((length) => unit.repeat(length / unit.length), isIdentifier)).toBeLessThan(LINEAR);
    },
  );
});
