import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addressKind } from '../../src/notify/allowed-address.ts';

describe('the kind of an address', () => {
  it.each([
    ['8.8.8.8', 'public'],
    ['9.255.255.255', 'public'],
    ['11.0.0.0', 'public'],
    ['100.63.255.255', 'public'],
    ['100.128.0.0', 'public'],
    ['172.15.255.255', 'public'],
    ['172.32.0.0', 'public'],
    ['192.167.255.255', 'public'],
    ['192.169.0.0', 'public'],
    ['223.255.255.255', 'public'],
    ['2001:200::', 'public'],
    ['2606:4700::1111', 'public'],
    ['3fff:1000::', 'public'],
    ['10.0.0.0', 'private'],
    ['100.64.0.0', 'private'],
    ['127.255.255.255', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.255.255', 'private'],
    ['::1', 'private'],
    ['fdff::1', 'private'],
    ['0.0.0.0', 'refused'],
    ['100.100.100.200', 'refused'],
    ['169.254.169.254', 'refused'],
    ['224.0.0.0', 'refused'],
    ['255.255.255.255', 'refused'],
    ['::', 'refused'],
    ['::ffff:8.8.8.8', 'refused'],
    ['64:ff9b::808:808', 'refused'],
    ['2001:1ff::', 'refused'],
    ['2002:808:808::', 'refused'],
    ['4000::', 'refused'],
    ['fd00:ec2::254', 'refused'],
    ['fe80::1', 'refused'],
    ['fe80::1%eth0', 'refused'],
    ['2606:4700::1111%eth0', 'refused'],
    ['ff02::1', 'refused'],
    ['localhost', 'refused'],
    ['127.1', 'refused'],
    ['', 'refused'],
  ])('of %s is %s', (address, kind) => {
    expect(addressKind(address)).toBe(kind);
  });

  it('is never public for what has an IPv4 address inside, however it is written', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.constantFrom('::ffff:', '::', '64:ff9b::', '::ffff:0:'), (ipv4, prefix) => {
        expect(addressKind(`${prefix}${ipv4}`)).not.toBe('public');
      }),
    );
  });

  it('is public for IPv6 only where addresses are routed', () => {
    fc.assert(
      fc.property(fc.ipV6(), (ipv6) => {
        const first = Number.parseInt(/^([0-9a-f]{1,4}):/i.exec(ipv6)?.[1] ?? '0', 16);
        if (addressKind(ipv6) === 'public') expect(first >> 13).toBe(1);
      }),
    );
  });
});
