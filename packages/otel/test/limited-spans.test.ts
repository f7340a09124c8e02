import { describe, expect, it } from '@jest/globals';
import type { SpanLimits } from '@opentelemetry/sdk-trace';
import { Tracing } from './tracing.ts';

describe('a request is recorded in full, though its span may have', () => {
  it.each<[string, SpanLimits]>([
    ['no attributes', { attributeCountLimit: 0 }],
    ['values without a character', { attributeValueLengthLimit: 0 }],
    ['one attribute', { attributeCountLimit: 1 }],
    ['no events and no links', { eventCountLimit: 0, linkCountLimit: 0 }],
  ])('%s', (_what, spanLimits) => {
    const tracing = new Tracing({ spanLimits });
    const { span, exchange } = tracing.request({ 'url.path': '/users/17', 'url.query': 'token=secret' });
    span.setAttribute('enduser.id', 'user@sharif.edu');
    span.recordException(new Error('boom'));
    tracing.endExchange(exchange, { status: 500 });
    span.end();
    expect(tracing.records).toMatchObject([{ method: 'GET', route: '/users/:id', status: 500 }]);
    expect(tracing.errors).toEqual([]);
  });

  it('attributes of a megabyte, and a thousand of them', () => {
    const tracing = new Tracing({ spanLimits: { attributeCountLimit: 2_000 } });
    const { span, exchange } = tracing.request();
    const megabyte = 'x'.repeat(1_000_000);
    for (const name of ['enduser.id', 'url.full', 'url.query', 'client.address', 'http.route', 'own'])
      span.setAttribute(name, megabyte);
    for (let n = 0; n < 1_000; n++) span.setAttribute(`own.${n}`, n);
    tracing.endExchange(exchange);
    span.end();
    expect(tracing.records).toMatchObject([{ route: '/users/:id', user: 'pseudonym of 1000000 characters' }]);
    expect(tracing.errors).toEqual([]);
  });
});
