import { describe, expect, it } from '@jest/globals';
import { Tracing } from './tracing.ts';

describe('what goes wrong in a record', () => {
  it('does not reach who ends the span, and is told', () => {
    const tracing = new Tracing({
      pseudonymOf: () => {
        throw new Error('no key');
      },
    });
    const { span, exchange } = tracing.request();
    span.setAttribute('enduser.id', 'user@sharif.edu');
    tracing.endExchange(exchange);
    expect(() => span.end()).not.toThrow();
    expect(tracing.errors).toEqual([new Error('no key')]);
    expect(tracing.passedOn).toHaveLength(1);
  });

  it('does not stand in the way of the next', () => {
    let calls = 0;
    const tracing = new Tracing({
      pseudonymOf: () => {
        if (++calls === 1) throw new Error('no key yet');
        return 'p_2';
      },
    });
    for (let n = 0; n < 2; n++) {
      const { span, exchange } = tracing.request({ 'enduser.id': 'user@sharif.edu' });
      tracing.endExchange(exchange);
      span.end();
    }
    expect(tracing.records).toMatchObject([{ user: 'p_2' }]);
  });
});

it('a span is recorded in the call that ends it', () => {
  const tracing = new Tracing();
  const { span, exchange } = tracing.request();
  tracing.endExchange(exchange);
  span.end();
  expect(tracing.records).toHaveLength(1);
});
