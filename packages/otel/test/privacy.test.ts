import { describe, expect, it } from '@jest/globals';
import { type Attributes, SpanKind } from '@opentelemetry/api';
import type { Privacy } from '../src/privacy.ts';
import { Tracing } from './tracing.ts';

/** What a processor behind ours sees of a span's attributes. */
function passedOn(attributes: Attributes, privacy: Privacy, kind = SpanKind.SERVER): Attributes | undefined {
  const tracing = new Tracing({ privacy });
  tracing.start(attributes, kind).end();
  expect(tracing.errors).toEqual([]);
  return tracing.passedOn[0]?.attributes;
}

const STRICT: Privacy = { query: 'drop', clientAddress: 'truncate' };

const URLS = {
  'url.path': '/users/17',
  'url.query': 'token=secret',
  'url.full': 'https://host/users/17?token=secret#part',
  'http.url': 'https://host/users/17#token=secret',
  'http.target': '/users/17?token=secret',
};
const ADDRESSES = {
  'client.address': '203.0.113.77',
  'network.peer.address': '2001:db8:85a3::1',
  'net.peer.ip': '203.0.113.77',
  'net.sock.peer.addr': '::ffff:203.0.113.77',
  'http.client_ip': 'alice.example.org',
};

describe('queries', () => {
  it('are dropped from every attribute that holds one', () => {
    expect(passedOn(URLS, STRICT)).toEqual({
      'url.path': '/users/17',
      'url.full': 'https://host/users/17',
      'http.url': 'https://host/users/17',
      'http.target': '/users/17',
    });
  });

  it('are dropped from the spans of requests going out as well', () => {
    expect(JSON.stringify(passedOn(URLS, STRICT, SpanKind.CLIENT))).not.toContain('secret');
  });

  it('are kept where they are to be', () => {
    expect(passedOn(URLS, { ...STRICT, query: 'keep' })).toEqual(URLS);
  });
});

describe('client addresses', () => {
  it('are cut to their network on the spans of requests coming in', () => {
    expect(passedOn(ADDRESSES, STRICT)).toEqual({
      'client.address': '203.0.113.0',
      'network.peer.address': '2001:db8:85a3::',
      'net.peer.ip': '203.0.113.0',
      'net.sock.peer.addr': '203.0.113.0',
      'http.client_ip': '',
    });
  });

  it('are a server’s, and stay, on the spans of requests going out', () => {
    expect(passedOn(ADDRESSES, STRICT, SpanKind.CLIENT)).toEqual(ADDRESSES);
  });

  it('are kept where they are to be', () => {
    expect(passedOn(ADDRESSES, { ...STRICT, clientAddress: 'full' })).toEqual(ADDRESSES);
  });
});

it('attributes of any other type, and all others, are left as they are', () => {
  const odd = { 'url.full': ['https://host/?a'], 'http.target': 7, 'client.address': true, own: 'a?b' };
  expect(passedOn(odd, STRICT)).toEqual(odd);
});

it('attributes set while the request is under way are cleared too', () => {
  const tracing = new Tracing();
  const { span } = tracing.request();
  span.setAttributes({ 'url.query': 'token=secret', 'client.address': '203.0.113.77' });
  span.end();
  expect(tracing.passedOn[0]?.attributes).toEqual({ 'client.address': '203.0.113.0' });
});
