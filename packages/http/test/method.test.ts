import { expect, it } from '@jest/globals';
import { normalMethod } from '../src/method.ts';

it.each(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'])(
  '%s stands for itself',
  (method) => {
    expect(normalMethod(method)).toBe(method);
  },
);

it.each(['PROPFIND', 'QUERY', 'M-SEARCH', 'get', 'Get', ' GET', '', '__proto__', undefined])(
  '%j is `_OTHER`',
  (method) => {
    expect(normalMethod(method)).toBe('_OTHER');
  },
);
