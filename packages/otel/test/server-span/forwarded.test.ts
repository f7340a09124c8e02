import { describe, expect, it } from '@jest/globals';
import { clientAddressOf, serverAddressOf } from '../../src/server-span/forwarded.ts';

describe('the server that the client meant', () => {
  it.each<[string[], string | undefined, string | undefined]>([
    [[], undefined, undefined],
    [['Host', ''], undefined, undefined],
    [['Host', 'shop.test'], 'shop.test', '80'],
    [['Host', 'shop.test:8080'], 'shop.test', '8080'],
    [['Host', '[::1]'], '[::1]', '80'],
    [['Host', '[::1]:8080'], '[::1]', '8080'],
    [['Host', '[::1]x:8080'], '[::1]x:8080', undefined],
    [['Host', '::1'], '::1', undefined],
    [['Host', 'a:b:c'], 'a:b:c', undefined],
    [['Host', 'shop.test:'], 'shop.test', ''],
    [['Host', 'inner', 'X-Forwarded-Host', 'outer.test'], 'outer.test', undefined],
    [['Host', 'inner', 'X-Forwarded-Host', 'outer.test', 'X-Forwarded-Proto', 'https'], 'outer.test', '443'],
    [
      ['Host', 'inner', 'X-Forwarded-Host', 'outer.test', 'X-Forwarded-Proto', 'ftp'],
      'outer.test',
      undefined,
    ],
    [['Host', 'inner', 'X-Forwarded-Host', 'outer.test:81'], 'outer.test', '81'],
    [['Host', 'inner', 'X-Forwarded-Host', '[::1]', 'X-Forwarded-Proto', 'ftp'], '[::1]', undefined],
    [['Host', 'inner', 'Forwarded', 'host=first.test;proto=https'], 'first.test', '443'],
    [['Host', 'inner', 'Forwarded', 'host=first.test'], 'first.test', undefined],
    [['Host', 'inner', 'Forwarded', 'for=1.2.3.4, host="first.test:82"'], 'first.test', '82'],
    [['Host', 'inner', 'Forwarded', 'for=1.2.3.4'], 'inner', '80'],
    [['Host', 'inner', 'Forwarded', 'nonsense;;='], 'inner', '80'],
    [['Host', 'inner', 'Forwarded', ''], 'inner', '80'],
    [['Forwarded', 'host=first.test', 'X-Forwarded-Host', 'second.test'], 'first.test', undefined],
  ])('%j: %s %s', (headers, host, port) => {
    expect(serverAddressOf(headers, 'http')).toEqual(host === undefined ? undefined : { host, port });
  });

  it('has the default port of the scheme it was asked by', () => {
    expect(serverAddressOf(['Host', 'shop.test'], 'https')).toEqual({ host: 'shop.test', port: '443' });
  });
});

describe('the client', () => {
  it.each<[string[], string | undefined]>([
    [[], undefined],
    [['Host', 'shop.test'], undefined],
    [['X-Forwarded-For', ''], undefined],
    [['X-Forwarded-For', '203.0.113.7'], '203.0.113.7'],
    [['X-Forwarded-For', '203.0.113.7:4711'], '203.0.113.7'],
    [['X-Forwarded-For', ' 203.0.113.7 , 10.0.0.1'], '203.0.113.7'],
    [['X-Forwarded-For', ', 10.0.0.1'], ''],
    [['X-Forwarded-For', '203.0.113.7', 'x-forwarded-for', '10.0.0.1'], '203.0.113.7'],
    [['X-Forwarded-For', '[2001:db8::1]:4711'], '2001:db8::1'],
    [['X-Forwarded-For', '[2001:db8::1]'], '2001:db8::1'],
    [['X-Forwarded-For', '2001:db8::1'], '2001:db8::1'],
    [['X-Forwarded-For', 'unknown'], 'unknown'],
    [['X-Forwarded-For', 'not an address'], 'not an address'],
    [['Forwarded', 'for=192.0.2.60;proto=http'], '192.0.2.60'],
    [['Forwarded', 'For="[2001:db8:cafe::17]:4711"'], '2001:db8:cafe::17'],
    [['Forwarded', 'proto=http, for=192.0.2.60, for=10.0.0.1'], '192.0.2.60'],
    [['Forwarded', 'proto=http', 'X-Forwarded-For', '203.0.113.7'], '203.0.113.7'],
    [['Forwarded', 'for=192.0.2.60', 'X-Forwarded-For', '203.0.113.7'], '192.0.2.60'],
    [['Forwarded', 'for=', 'X-Forwarded-For', '203.0.113.7'], '203.0.113.7'],
  ])('%j: %s', (headers, address) => {
    expect(clientAddressOf(headers)).toBe(address);
  });
});
