import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Client, clientsBehind } from '../../src/limits/client-address.ts';

const PROXIES = ['10.0.0.0/8', '2001:db8:ffff::/48', '192.0.2.7'];

/** A request that came over a connection from `peer`, with these lines of `X-Forwarded-For`. */
function from(peer: string | undefined, ...forwardedFor: string[]): IncomingMessage {
  const socket = Object.defineProperty(new Socket(), 'remoteAddress', {
    value: peer,
    configurable: true,
  });
  const rawHeaders = ['Host', 'localhost', ...forwardedFor.flatMap((line) => ['x-Forwarded-FOR', line])];
  return { socket, rawHeaders } as unknown as IncomingMessage;
}

function clientOf(peer: string | undefined, ...forwardedFor: string[]): Client {
  return clientsBehind(PROXIES)(from(peer, ...forwardedFor));
}

describe('a client without a proxy', () => {
  it.each([
    ['203.0.113.77', '203.0.113.77', '203.0.113.77', '203.0.113.0'],
    ['::ffff:203.0.113.77', '203.0.113.77', '203.0.113.77', '203.0.113.0'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2', '2001:db8:1::'],
    ['fe80::1%eth0', 'fe80:0:0:0:0:0:0:1', 'fe80:0:0:0', 'fe80:0:0::'],
    [undefined, '', '', ''],
  ])('%s', (peer, address, key, network) => {
    expect(clientOf(peer)).toEqual({ address, key, network, peerIsProxy: false });
  });

  it('is not asked who it says it is', () => {
    expect(clientOf('203.0.113.77', '198.51.100.1').key).toBe('203.0.113.77');
    expect(clientsBehind()(from('10.0.0.1', '198.51.100.1')).key).toBe('10.0.0.1');
  });

  it('has one key for ten thousand addresses that it makes up', () => {
    const keys = Array.from(
      { length: 10_000 },
      (_, n) => clientOf('203.0.113.77', `1.2.${n >> 8}.${n & 255}`).key,
    );
    expect(new Set(keys)).toEqual(new Set(['203.0.113.77']));
  });

  it('is known after its connection is gone', () => {
    const clients = clientsBehind();
    const request = from('203.0.113.77');
    const before = clients(request);
    Object.defineProperty(request.socket, 'remoteAddress', { value: undefined });
    expect(clients(request)).toBe(before);
  });
});

describe('a client behind trusted proxies', () => {
  it.each([
    [['198.51.100.1'], '198.51.100.1'],
    [['198.51.100.1, 10.9.9.9'], '198.51.100.1'],
    [['203.0.113.9, 198.51.100.1,10.9.9.9 , 192.0.2.7'], '198.51.100.1'],
    [['203.0.113.9', '198.51.100.1, 10.9.9.9'], '198.51.100.1'],
    [['203.0.113.9, 198.51.100.1', '10.9.9.9'], '198.51.100.1'],
    [['::ffff:198.51.100.1, ::ffff:10.9.9.9'], '198.51.100.1'],
    [['198.51.100.1, ::ffff:a09:909'], '198.51.100.1'],
    [['198.51.100.1, 2001:db8:ffff::1'], '198.51.100.1'],
    [['198.51.100.1:4711'], '198.51.100.1'],
    [['[2001:db8::1]:4711'], '2001:db8:0:0:0:0:0:1'],
    [['[2001:db8::1]'], '2001:db8:0:0:0:0:0:1'],
    [['2001:DB8::1%eth0'], '2001:db8:0:0:0:0:0:1'],
    [['<script>, unknown, 198.51.100.1'], '198.51.100.1'],
    [[`${'x,'.repeat(5_000)}198.51.100.1`], '198.51.100.1'],
  ])('%p', (lines, address) => {
    expect(clientOf('10.0.0.1', ...lines)).toMatchObject({ address, peerIsProxy: true });
  });

  it('has the key of its network, not of the proxy', () => {
    const one = clientOf('10.0.0.1', '2001:db8:1:2:3::1');
    const neighbour = clientOf('::ffff:10.0.0.2', '2001:db8:1:2:ffff::9');
    expect([one.key, neighbour.key]).toEqual(['2001:db8:1:2', '2001:db8:1:2']);
    expect(one.network).toBe('2001:db8:1::');
  });

  it.each([
    [[]],
    [['']],
    [[',']],
    [['unknown']],
    [['198.51.100.1, unknown']],
    [['198.51.100.1, ']],
    [['198.51.100.1', '_hidden']],
    [['198.51.100.1, 10.9.9.9, localhost']],
    [['198.51.100.256']],
    [['1.2.3.4:port']],
    [['1.2.3.4:123456']],
    [['[198.51.100.1']],
    [['"198.51.100.1"']],
    [['10.1.1.1, 10.2.2.2']],
    [['x'.repeat(10_000)]],
    [[','.repeat(10_000)]],
    [['10.1.1.1,'.repeat(1_000)]],
  ])('is the proxy where the header tells none: %.60p', (lines) => {
    expect(clientOf('10.0.0.1', ...lines)).toEqual({
      address: '10.0.0.1',
      key: '10.0.0.1',
      network: '10.0.0.0',
      peerIsProxy: true,
    });
  });
});

describe('whatever the header', () => {
  const piece = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.constantFrom(',', ' ', '10.1.1.1', '[', ']', ':', '::ffff:', '%', '/', 'unknown'),
    fc.string({ maxLength: 8 }),
  );
  const line = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''));

  it('the last stranger decides, and nothing before it', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 3 }), fc.array(line, { maxLength: 3 }), (one, other) => {
        const stranger = '198.51.100.1, 10.2.2.2';
        expect(clientOf('10.0.0.1', ...one, stranger)).toEqual(clientOf('10.0.0.1', ...other, stranger));
      }),
    );
  });

  it('there is a key', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 3 }), (lines) => {
        expect(clientOf('10.0.0.1', ...lines).key).not.toBe('');
      }),
    );
  });
});

describe('trusted proxies', () => {
  it.each([
    ['10.0.0.0/8', '10.255.0.1', '11.0.0.1'],
    ['10.0.0.1', '10.0.0.1', '10.0.0.2'],
    ['::ffff:10.0.0.0/104', '::ffff:10.1.1.1', '11.0.0.1'],
    ['2001:db8::/32', '2001:db8:1::1', '2001:db9::1'],
    ['::1', '::1', '::2'],
    ['0.0.0.0/0', '203.0.113.77', '2001:db8::1'],
  ])('%s has %s and not %s', (block, inside, outside) => {
    const clients = clientsBehind([block]);
    expect([clients(from(inside)).peerIsProxy, clients(from(outside)).peerIsProxy]).toEqual([true, false]);
  });
});
