import { describe, expect, it } from '@jest/globals';
import type { Question } from './applications/asking.ts';
import { FASTIFY_HANDLED, FASTIFY_REFUSED, FASTIFY_UNMATCHED } from './applications/fastify.ts';
import { HAPI_QUESTIONS } from './applications/hapi.ts';
import { HONO_QUESTIONS, HONO_ROUTER_QUESTIONS, HONO_ROUTERS_ALONE } from './applications/hono.ts';
import { child } from './child.ts';

const expected = {
  fastify: countsOf([...FASTIFY_HANDLED, ...FASTIFY_REFUSED, ...FASTIFY_UNMATCHED]),
  hapi: countsOf(HAPI_QUESTIONS),
  hono: countsOf(HONO_QUESTIONS),
  ...Object.fromEntries(HONO_ROUTERS_ALONE.map(([name]) => [name, countsOf(HONO_ROUTER_QUESTIONS)])),
};

function countsOf(questions: readonly Question[]): Record<string, string> {
  return Object.fromEntries(questions.map(({ ask, counts }) => [ask, counts]));
}

describe('the routes of Fastify, hapi and Hono are heard', () => {
  it.concurrent.each([
    ['import', 'before'],
    ['import', 'after'],
    ['require', 'before'],
    ['require', 'after'],
  ])('where they are loaded by %s %s the hooks are installed', async (how, when) => {
    expect(await child('routes.ts', [how, when])).toEqual(expected);
  });
});
