import { describe, expect, it } from '@jest/globals';
import { refusalOf } from './refusal.ts';

const PROXY = 'an IP address, or a network such as "10.0.0.0/8" or "fd00::/8"';
const HOST = 'a host name or an IP address, perhaps with a port; or *. and a host name';
const ORIGIN = 'an origin such as "https://ops.example.com": http or https, in small letters, without a path';

describe('an option of the admin API that is wrong', () => {
  it.each([
    ['10.0.0.0/33'],
    ['10.0.0.0/0'],
    ['::/0'],
    ['fd00::/129'],
    ['10.0.0.0/08'],
    ['10.0.0.0/'],
    ['10.0.0.0/8/8'],
    ['10.0.0/8'],
    ['fe80::1%eth0'],
    ['proxy.example'],
    ['10.0.0.0/-1'],
    ['10.0.0.0/1e1'],
    [' 10.0.0.1'],
    ['0x7f.0.0.1'],
    [''],
  ])('may be a proxy: %j', (text) => {
    expect(refusalOf({ adminApi: { trustedProxies: ['127.0.0.1', text] } }).message).toBe(
      `option "adminApi.trustedProxies[1]" is ${JSON.stringify(text)}; allowed: ${PROXY}`,
    );
  });

  it.each([
    ['*'],
    ['*.'],
    ['*a.example'],
    ['a.*.example'],
    ['*.*.example'],
    ['*.10.0.0.1'],
    ['a.example:0'],
    ['a.example:65536'],
    ['a.example:'],
    ['a.example:80:80'],
    ['a.example/'],
    ['a b'],
    ['[a.example]'],
    ['[::1'],
    ['[10.0.0.1]'],
    ['256.0.0.1'],
    ['me@a.example'],
    ['fe80::1%eth0'],
    ['bücher.example'],
    [''],
  ])('may be a host: %j', (text) => {
    expect(refusalOf({ adminApi: { allowedHosts: [text] } }).message).toBe(
      `option "adminApi.allowedHosts[0]" is ${JSON.stringify(text)}; allowed: ${HOST}`,
    );
  });

  it.each([
    ['*', '"*"'],
    ['null', '"null"'],
    ['ops.example', '"ops.example"'],
    ['https://ops.example/', '"https://…"'],
    ['https://ops.example/x', '"https://…"'],
    ['https://Ops.example', '"https://…"'],
    ['https://ops.example:443', '"https://…"'],
    ['https://me:secret@ops.example', '"https://…"'],
    ['https://*.example', '"https://…"'],
    ['ftp://ops.example', '"ftp://…"'],
    ['chrome-extension://abc', '"chrome-extension://…"'],
  ])('may be an origin: %s', (text, seen) => {
    const { message } = refusalOf({ adminApi: { allowedOrigins: [text] } });
    expect(message).toBe(`option "adminApi.allowedOrigins[0]" is ${seen}; allowed: ${ORIGIN}`);
  });

  it.each([
    ['listen', 'yes', '"yes"; allowed: true or false'],
    ['listen', 1, '1; allowed: true or false'],
    ['authenticate', 'basic', '"basic"; allowed: a function'],
    [
      'rateLimit',
      true,
      'true; allowed: false, or an object with some of requestsPerMinute, failuresPerMinute',
    ],
  ])('may be %s: %p', (name, value, told) => {
    expect(refusalOf({ adminApi: { [name]: value } }).message).toBe(`option "adminApi.${name}" is ${told}`);
  });

  it.each([
    ['requestsPerMinute', 0, 'a whole number from 1 to 1000000'],
    ['requestsPerMinute', 1_000_001, 'a whole number from 1 to 1000000'],
    ['requestsPerMinute', 0.5, 'a whole number from 1 to 1000000'],
    ['failuresPerMinute', 0, 'a whole number from 1 to 10000'],
    ['failuresPerMinute', Number.POSITIVE_INFINITY, 'a whole number from 1 to 10000'],
  ])('may be a limit: %s %p', (name, value, allowed) => {
    expect(refusalOf({ adminApi: { rateLimit: { [name]: value } } }).message).toBe(
      `option "adminApi.rateLimit.${name}" is ${value}; allowed: ${allowed}`,
    );
  });
});
