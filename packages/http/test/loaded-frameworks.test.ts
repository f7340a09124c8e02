import { describe, expect, it } from '@jest/globals';
import { child } from './child.ts';

describe('the routes of Koa are heard', () => {
  it.concurrent.each([
    ['import', 'before', 'the hooks are installed'],
    ['import', 'after', 'the hooks are installed'],
    ['import', 'listening', 'a server listens'],
    ['require', 'after', 'the hooks are installed'],
  ])('though it is loaded by %s, %s %s', async (how, when) => {
    expect(await child('late-koa.ts', [how, when])).toEqual({
      endpoints: ['GET /api/users/:id 200', 'GET /{name}/{id} 404'],
      body: '/api/users/:id',
    });
  });
});
