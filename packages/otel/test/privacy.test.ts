import { describe, expect, it } from '@jest/globals';
import { type Attributes, createTraceState, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import { OVERFLOW_ROUTE } from '@tacho/core';
import type { Privacy } from '../src/export/privacy.ts';
import { STRICT } from './strict-privacy.ts';
import { Tracing } from './tracing.ts';

/** What a processor behind ours sees of a span's attributes. */
function passedOn(attributes: Attributes, privacy: Privacy, kind = SpanKind.SERVER): Attributes | undefined {
  const tracing = new Tracing({ privacy });
  tracing.start(attributes, kind).end();
  expect(tracing.errors).toEqual([]);
  return tracing.passedOn[0]?.attributes;
}

const FULL: Privacy = {
  path: 'full',
  query: 'keep',
  headers: 'keep',
  clientAddress: 'full',
  errorText: 'keep',
};

const URLS = {
  'url.path': '/users/17',
  'url.query': 'token=secret',
  'url.full': 'https://host/users/17?token=secret#part',
  'http.url': 'https://host/users/17#token=secret',
  'http.target': '/users/17?token=secret',
  'http.request.method': 'GET',
  'http.response.status_code': 200,
};
const ADDRESSES = {
  'client.address': '203.0.113.77',
  'network.peer.address': '2001:db8:85a3::1',
  'net.peer.ip': '203.0.113.77',
  'net.sock.peer.addr': '::ffff:203.0.113.77',
  'http.client_ip': 'alice.example.org',
};
const HEADERS = {
  'user_agent.original': 'Zaphod/1.0',
  'http.user_agent': 'Zaphod/1.0',
  'http.request.header.x-user': ['Zaphod'],
  'http.response.header.location': ['/Zaphod'],
};
const HOSTS = { 'server.address': 'zaphod.example.org', 'server.port': 4111 };

it('everything is passed on as it is where it is to be', () => {
  const all = { ...URLS, ...ADDRESSES, ...HEADERS, ...HOSTS };
  expect(passedOn(all, FULL)).toEqual(all);
});

describe('queries', () => {
  it('are dropped from every attribute that holds one', () => {
    expect(passedOn(URLS, { ...FULL, query: 'drop' })).toEqual({
      ...URLS,
      'url.query': undefined,
      'url.full': 'https://host/users/17',
      'http.url': 'https://host/users/17',
      'http.target': '/users/17',
    });
  });

  it('are dropped from the spans of requests going out as well', () => {
    expect(JSON.stringify(passedOn(URLS, STRICT, SpanKind.CLIENT))).not.toContain('secret');
  });
});

describe('paths', () => {
  const answered = { 'http.request.method': 'GET', 'http.response.status_code': 200 };
  const pathOf = (attributes: Attributes, kind = SpanKind.SERVER) =>
    passedOn(attributes, STRICT, kind)?.['url.path'];

  it('are templates in every attribute that holds one, on spans of either kind', () => {
    for (const kind of [SpanKind.SERVER, SpanKind.CLIENT])
      expect(passedOn(URLS, { ...FULL, path: 'template' }, kind)).toEqual({
        ...URLS,
        'url.path': '/users/{id}',
        'url.full': 'https://host/users/{id}?token=secret#part',
        'http.url': 'https://host/users/{id}#token=secret',
        'http.target': '/users/{id}?token=secret',
      });
  });

  it('are the route on the span of a request that met a router', () => {
    expect(pathOf({ 'url.path': '/people/zaphod', 'http.route': '/people/:name', ...answered })).toBe(
      '/people/:name',
    );
  });

  it.each([
    ['answered 404', { ...answered, 'http.response.status_code': 404 }],
    ['answered in the words of old', { 'http.method': 'GET', 'http.status_code': 404 }],
    ['not answered', { 'http.request.method': 'GET' }],
    ['asked for by OPTIONS', { ...answered, 'http.request.method': 'OPTIONS' }],
  ])('have no words that the service has not answered for: %s', (_what, attributes) => {
    expect(pathOf({ 'url.path': '/people/zaphod', ...attributes })).toBe('/{name}/{name}');
  });

  it.each([
    ['/{name}/{name}', '/{name}/{name}'],
    [OVERFLOW_ROUTE, '/{...}'],
  ])('are what the request was counted under, whatever its status says: %s', (route, path) => {
    const tracing = new Tracing();
    const { span, exchange } = tracing.request({ 'url.path': '/people/zaphod', ...answered });
    tracing.endExchange(exchange, { outcome: 'aborted', route });
    span.end();
    expect(tracing.passedOn[0]?.attributes['url.path']).toBe(path);
  });

  it.each([
    ['https://host', 'https://host'],
    ['https://host/', 'https://host/'],
    ['https://host:8080?who=zaphod', 'https://host:8080'],
    ['https://zaphod:secret@host/a', 'https://host/a'],
    ['https://host/people/Zaphod#top', 'https://host/people/{id}'],
    ['/people/Zaphod', '/people/{id}'],
    ['', ''],
  ])('leave the rest of a URL as it is: %s', (url, redacted) => {
    expect(passedOn({ 'url.full': url, ...answered }, STRICT, SpanKind.CLIENT)?.['url.full']).toBe(redacted);
  });

  it('are one template where too many have been learned', () => {
    const tracing = new Tracing({ privacy: STRICT });
    const letters = [...'abcdefghijklmnopqrstuvwxyz'];
    for (const a of letters)
      for (const b of letters) tracing.start({ 'url.path': `/${a}/${b}/c`, ...answered }).end();
    expect(tracing.passedOn.at(-1)?.attributes['url.path']).toBe('/{...}');
    tracing.start({ 'url.path': '/a/b', ...answered }, SpanKind.CLIENT).end();
    expect(tracing.passedOn.at(-1)?.attributes['url.path']).toBe('/a/b');
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
});

describe('headers', () => {
  it('are dropped, and the host that the client named with them', () => {
    expect(passedOn({ ...HEADERS, ...HOSTS }, STRICT)).toEqual({});
  });

  it('are dropped from the spans of requests going out, which say where to', () => {
    expect(passedOn({ ...HEADERS, ...HOSTS }, STRICT, SpanKind.CLIENT)).toEqual(HOSTS);
  });

  it('are dropped, the trace state among them, which work that goes on still has', () => {
    const tracing = new Tracing();
    const caller = {
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      traceFlags: 1,
      traceState: createTraceState('who=zaphod'),
    };
    const span = tracing.provider
      .getTracer('test')
      .startSpan('GET', { links: [{ context: caller }] }, trace.setSpanContext(ROOT_CONTEXT, caller));
    span.end();
    const [exported] = tracing.passedOn;
    expect(exported?.spanContext()).toEqual({ ...span.spanContext(), traceState: undefined });
    expect(exported?.parentSpanContext?.spanId).toBe(caller.spanId);
    expect(exported?.links[0]?.context).toEqual({ ...caller, traceState: undefined });
    expect(span.spanContext().traceState?.serialize()).toBe('who=zaphod');
  });
});

describe('headers that are kept by name', () => {
  const only = (...headers: string[]): Privacy => ({ ...STRICT, headers });

  it('are those of every attribute that holds one, and no others', () => {
    expect(passedOn({ ...HEADERS, ...HOSTS }, only('user-agent', 'location'))).toEqual({
      'user_agent.original': 'Zaphod/1.0',
      'http.user_agent': 'Zaphod/1.0',
      'http.response.header.location': ['/Zaphod'],
    });
    expect(passedOn({ ...HEADERS, ...HOSTS, 'http.host': 'host' }, only('host'))).toEqual({
      ...HOSTS,
      'http.host': 'host',
    });
    expect(passedOn({ 'http.request.header.x_user': ['Zaphod'] }, only('x-user'))).not.toEqual({});
  });

  it('are none where there is no name', () => {
    expect(passedOn({ ...HEADERS, ...HOSTS }, only())).toEqual({});
  });

  it.each([
    ['tracestate', 'who=zaphod'],
    ['user-agent', undefined],
  ])('include the trace state where it is named: %s', (name, expected) => {
    const tracing = new Tracing({ privacy: only(name) });
    const traceState = createTraceState('who=zaphod');
    const caller = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1, traceState };
    tracing.provider.getTracer('test').startSpan('GET', {}, trace.setSpanContext(ROOT_CONTEXT, caller)).end();
    expect(tracing.passedOn[0]?.spanContext().traceState?.serialize()).toBe(expected);
  });
});

describe('calls', () => {
  const call = (name: string, attributes: Attributes, kind = SpanKind.CLIENT) => {
    const tracing = new Tracing();
    const link = { context: { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 }, attributes };
    const span = tracing.provider.getTracer('test').startSpan(name, { kind, attributes, links: [link] });
    span.addEvent('told', attributes).end();
    const [exported] = tracing.passedOn;
    return {
      name: exported?.name,
      ...exported?.attributes,
      event: exported?.events[0],
      link: exported?.links[0],
    };
  };

  it('to databases lose what is in statements, in events and links too', () => {
    const attributes = {
      'db.system': 'mysql',
      'db.name': 'shop',
      'db.statement': "SELECT 'Zaphod'",
      'db.operation': 'SELECT',
      'db.user': 'zaphod',
      'db.connection_string': 'mysql://zaphod:secret@host',
      'db.query.parameter.name': 'Zaphod',
      'db.mysql.values': ['Zaphod'],
      'db.operation.batch.size': 2,
    };
    const kept = {
      'db.system': 'mysql',
      'db.name': 'shop',
      'db.statement': 'SELECT ?',
      'db.operation': 'SELECT',
      'db.operation.batch.size': 2,
    };
    const { name, event, link, ...own } = call("SELECT'Zaphod'", attributes);
    expect(name).toBe('SELECT?');
    expect([own, event?.attributes, link?.attributes]).toEqual([kept, kept, kept]);
  });

  it.each([
    ['GET http://zaphod:secret@host/people/Zaphod?q=1', 'GET http://host/people/{id}'],
    ['GET /people/Zaphod', 'GET /people/{id}'],
    ['GET', 'GET'],
  ])('by HTTP lose what is in URLs, in their names too: %s', (name, expected) => {
    const answered = { 'http.request.method': 'GET', 'http.response.status_code': 200 };
    expect(call(name, answered).name).toBe(expected);
  });

  it('of what stands below no call, names are left as they are', () => {
    expect(call('handler - /people/:Name', {}, SpanKind.INTERNAL).name).toBe('handler - /people/:Name');
    expect(call('GET /people/Zaphod', {}, SpanKind.SERVER).name).toBe('GET /people/Zaphod');
  });
});

it('names of users are dropped, whatever else is kept', () => {
  expect(passedOn({ 'enduser.id': 'Zaphod', 'user.email': 'zaphod@example.org' }, FULL)).toEqual({});
});

describe('errors', () => {
  const failed = (error: Error, privacy: Privacy) => {
    const tracing = new Tracing({ privacy });
    const span = tracing.start({ 'error.message': error.message, 'error.type': 'RangeError' });
    span.setStatus({ code: 2, message: error.message });
    span.recordException(error);
    span.end();
    return tracing.passedOn[0];
  };

  it.each(['no such user: Zaphod', 'of two lines,\n    at Zaphod (a.js:1:1)\n', 'R'])(
    'keep their type and their frames, and lose what they say: %j',
    (message) => {
      const error = new RangeError(message);
      const span = failed(error, STRICT);
      expect(span?.status).toEqual({ code: 2 });
      expect(span?.attributes).toEqual({ 'error.type': 'RangeError' });
      const [event] = span?.events ?? [];
      expect(event?.name).toBe('exception');
      expect(event?.attributes).toEqual({
        'exception.type': 'RangeError',
        'exception.stacktrace': expect.stringMatching(/^ {4}at .*privacy\.test\.ts/),
      });
      expect(JSON.stringify(event)).not.toContain('Zaphod');
    },
  );

  it.each([
    ['the message was changed', (error: Error) => (error.message = 'another')],
    ['the message was taken away', (error: Error) => (error.message = '')],
    ['the stack is none', (error: Error) => (error.stack = 'Zaphod')],
  ])('lose their frames where these cannot be told apart: %s', (_what, change) => {
    const error = new RangeError('Zaphod\nand others');
    // Made of the message when it is first asked for.
    expect(error.stack).toContain('others');
    change(error);
    expect(JSON.stringify(failed(error, STRICT)?.events)).not.toMatch(/Zaphod|others|stacktrace/);
  });

  it('are kept whole where they are to be', () => {
    const span = failed(new RangeError('Zaphod'), FULL);
    expect(span?.status).toEqual({ code: 2, message: 'Zaphod' });
    expect(span?.attributes).toMatchObject({ 'error.message': 'Zaphod' });
    expect(span?.events[0]?.attributes).toMatchObject({ 'exception.message': 'Zaphod' });
  });
});

it('what should be a text and is none is dropped, and attributes of other names are left as they are', () => {
  const own = { own: 'a?b', 'http.route': '/a', 'error.type': '500' };
  const odd = { 'url.full': ['https://host/?a'], 'url.path': 7, 'client.address': true };
  expect(passedOn({ ...own, ...odd }, STRICT)).toEqual(own);
});

it('attributes set while the request is under way are cleared too', () => {
  const tracing = new Tracing();
  const { span } = tracing.request();
  span.setAttributes({ 'url.query': 'token=secret', 'client.address': '203.0.113.77' });
  span.end();
  expect(tracing.passedOn[0]?.attributes).toEqual({ 'client.address': '203.0.113.0' });
});

it('a span that is not sampled is not passed on', () => {
  const tracing = new Tracing({
    sampler: { shouldSample: () => ({ decision: 1 }), toString: () => 'records only' },
  });
  tracing.request().span.end();
  expect(tracing.passedOn).toEqual([]);
});
