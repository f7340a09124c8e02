import { isIPv4, isIPv6 } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addressKey, canonicalAddress, truncateAddress } from '../src/ip-address.ts';

describe('an address is cut to its network', () => {
  it.each([
    ['203.0.113.77', '203.0.113.0'],
    ['0.0.0.0', '0.0.0.0'],
    ['255.255.255.255', '255.255.255.0'],
    ['127.0.0.1', '127.0.0.0'],
    ['::ffff:203.0.113.77', '203.0.113.0'],
    ['::FFFF:203.0.113.77', '203.0.113.0'],
    ['2001:db8:85a3:1234:5678:8a2e:370:7334', '2001:db8:85a3::'],
    ['2001:0DB8:85A3:0000:0000:8A2E:0370:7334', '2001:db8:85a3::'],
    ['2001:db8::1', '2001:db8:0::'],
    ['2001::1', '2001:0:0::'],
    ['2001:db8:85a3::', '2001:db8:85a3::'],
    ['::1', '0:0:0::'],
    ['::', '0:0:0::'],
    ['1:2:3:4:5:6:7::', '1:2:3::'],
    ['::2:3:4:5:6:7:8', '0:2:3::'],
    ['fe80::1ff:fe23:4567:890a%eth0', 'fe80:0:0::'],
    ['fe80::1%eth0%secret', 'fe80:0:0::'],
    ['::203.0.113.77', '0:0:0::'],
    ['64:ff9b::203.0.113.77', '64:ff9b:0::'],
    ['1:2:3:4:5:6:203.0.113.77', '1:2:3::'],
    ['1::2:3:4:5:203.0.113.77', '1:0:2::'],
    ['::ffff:cb00:714d', '203.0.113.0'],
    ['0:0:0:0:0:ffff:203.0.113.77', '203.0.113.0'],
  ])('%s: %s', (address, network) => {
    expect(truncateAddress(address)).toBe(network);
  });
});

describe('what is no address becomes nothing', () => {
  it.each([
    '',
    'unknown',
    'localhost',
    'alice.example.org',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '01.2.3.4',
    '1.2.3.4:80',
    '1.2.3.4, 5.6.7.8',
    ' 1.2.3.4',
    '1.2.3.4\n',
    '١.٢.٣.٤',
    '[::1]',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7:8:9',
    '12345::',
    'g::1',
    '::ffff:999.1.1.1',
    '::ffff:1.2.3.4.5',
    '<script>alert(1)</script>',
    '%eth0',
    '_hidden',
    ':'.repeat(1_000_000),
    '1.'.repeat(500_000),
  ])('%.40s', (text) => {
    expect(truncateAddress(text)).toBe('');
  });
});

describe('whatever the address, the result', () => {
  const groups = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 });
  const form = fc.constantFrom<(parts: number[]) => string>(plain, padded, compressed, withIPv4Tail, zoned);

  it('has no more than 24 bits of an IPv4 address', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.constantFrom('', '::ffff:', '::FFFF:'), (address, prefix) => {
        expect(truncateAddress(prefix + address)).toBe([...address.split('.').slice(0, 3), '0'].join('.'));
      }),
    );
  });

  it('has no more than 48 bits of an IPv6 address, in whatever form it is written', () => {
    fc.assert(
      fc.property(groups, form, (parts, write) => {
        // An IPv4 address that is written as one keeps 24 bits of its own.
        fc.pre(!(write === withIPv4Tail && /^::ffff:/.test(write(parts))));
        const network = truncateAddress(write(parts));
        expect(isIPv6(network)).toBe(true);
        expect(compressed(groupsOf(network))).toBe(compressed([...parts.slice(0, 3), 0, 0, 0, 0, 0]));
      }),
      { numRuns: 500 },
    );
  });

  it('is an address or nothing, for any text', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 50 }),
      fc.stringMatching(/^[0-9a-f:.%]{0,40}$/),
      fc
        .array(fc.constantFrom('::', ':', 'ffff', '0', '1', '1.2.3.4', '.', '%'), { maxLength: 12 })
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (one) => {
        const network = truncateAddress(one);
        expect(network === '' || (isIPv4(network) && network.endsWith('.0')) || isIPv6(network)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('an address in any form', () => {
  const groups = fc.array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constant(0)), {
    minLength: 8,
    maxLength: 8,
  });
  const form = fc.constantFrom<(parts: number[]) => string>(plain, padded, compressed, withIPv4Tail, zoned);
  const ofIPv6 = groups.filter((parts) => !/^0:0:0:0:0:ffff:/.test(plain(parts)));

  it('is written in one', () => {
    fc.assert(
      fc.property(ofIPv6, form, (parts, write) => {
        expect(canonicalAddress(write(parts))).toBe(plain(parts));
      }),
    );
  });

  it.each(['::ffff:', '::FFFF:', '0:0:0:0:0:ffff:', '0000::ffff:'])('is IPv4 behind %s', (prefix) => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(canonicalAddress(prefix + address)).toBe(address);
        expect(canonicalAddress(prefix + hexOf(address))).toBe(address);
      }),
    );
  });

  it.each(['', 'unknown', '1.2.3.4:80', '[::1]', ':'.repeat(10_000)])('is none: %.20s', (text) => {
    expect([canonicalAddress(text), addressKey(text)]).toEqual([undefined, '']);
  });

  it('is one where Node says so, of any text', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '::',
        ':',
        '.',
        '%',
        '0',
        '00',
        '01',
        'ffff',
        '1.2.3.4',
        '255',
        '256',
        '::ffff:',
        '\n',
        ' ',
      ),
      fc.integer({ min: 0, max: 0x1ffff }).map((group) => group.toString(16)),
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 17 }).map((pieces) => pieces.join('')),
      fc
        .array(fc.constantFrom('1', 'a', '', 'beef', '0', '1.2.3.4'), { maxLength: 9 })
        .map((all) => all.join(':')),
      fc.array(fc.nat(260), { minLength: 3, maxLength: 5 }).map((bytes) => bytes.join('.')),
    );
    fc.assert(
      fc.property(text, (one) => {
        const bare = one.split('%', 1)[0] as string;
        expect(canonicalAddress(one) !== undefined).toBe(isIPv4(bare) || isIPv6(bare));
      }),
      { numRuns: 3_000 },
    );
  });

  it('has a key that it shares with its /64, and with nothing else', () => {
    fc.assert(
      fc.property(ofIPv6, ofIPv6, form, form, (one, other, write, writeOther) => {
        const neighbour = [...one.slice(0, 4), ...other.slice(4)];
        fc.pre(!/^0:0:0:0:0:ffff:/.test(plain(neighbour)));
        expect(addressKey(write(one))).toBe(addressKey(writeOther(neighbour)));
        const sharesNetwork = plain(one.slice(0, 4)) === plain(other.slice(0, 4));
        expect(addressKey(write(one)) === addressKey(writeOther(other))).toBe(sharesNetwork);
      }),
    );
  });

  it('has a key of its own where it is IPv4, however it is written', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), (one, other) => {
        const keys = [one, `::ffff:${other}`, `::ffff:${hexOf(one)}`].map(addressKey);
        expect(keys).toEqual([one, other, one]);
      }),
    );
  });
});

function hexOf(ipv4: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = ipv4.split('.').map(Number);
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

function plain(parts: readonly number[]): string {
  return parts.map((part) => part.toString(16)).join(':');
}

function padded(parts: readonly number[]): string {
  return parts.map((part) => part.toString(16).padStart(4, '0').toUpperCase()).join(':');
}

/** As RFC 5952 has it. */
function compressed(parts: readonly number[]): string {
  return new URL(`http://[${plain(parts)}]`).hostname.slice(1, -1);
}

function zoned(parts: readonly number[]): string {
  return `${compressed(parts)}%eth0`;
}

function withIPv4Tail(parts: readonly number[]): string {
  const tail = parts.slice(6).flatMap((part) => [part >> 8, part & 0xff]);
  return `${plain(parts.slice(0, 6))}:${tail.join('.')}`;
}

/** The groups of an address whose `::` is at its end. */
function groupsOf(network: string): number[] {
  const parts = network
    .replace(/::$/, '')
    .split(':')
    .map((part) => Number.parseInt(part, 16));
  return [...parts, ...new Array<number>(8 - parts.length).fill(0)];
}
