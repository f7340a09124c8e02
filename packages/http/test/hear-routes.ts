import { expect, it } from '@jest/globals';
import type { Question } from './applications/asking.ts';
import { EXPRESS_QUESTIONS } from './applications/express.ts';
import { FASTIFY_HANDLED, FASTIFY_REFUSED, FASTIFY_UNMATCHED } from './applications/fastify.ts';
import { HAPI_QUESTIONS } from './applications/hapi.ts';
import { HONO_QUESTIONS, HONO_ROUTER_QUESTIONS, HONO_ROUTERS_ALONE } from './applications/hono.ts';
import { NEST_QUESTIONS } from './applications/nest.ts';
import { NEST_EXPRESS_QUESTIONS } from './applications/nest-express.ts';
import { child } from './child.ts';

export const expected = {
  fastify: countsOf([...FASTIFY_HANDLED, ...FASTIFY_REFUSED, ...FASTIFY_UNMATCHED]),
  express: countsOf(EXPRESS_QUESTIONS),
  'express-4': countsOf(EXPRESS_QUESTIONS),
  router: countsOf(EXPRESS_QUESTIONS),
  hapi: countsOf(HAPI_QUESTIONS),
  hono: countsOf(HONO_QUESTIONS),
  ...Object.fromEntries(HONO_ROUTERS_ALONE.map(([name]) => [name, countsOf(HONO_ROUTER_QUESTIONS)])),
};

function countsOf(questions: readonly Question[]): Record<string, string> {
  return Object.fromEntries(questions.map(({ ask, counts }) => [ask, counts]));
}

/** How applications are loaded, and whether before or after the hooks are installed. */
export type Loading = readonly [how: 'import' | 'require', when: 'before' | 'after'];

/** That their routes are heard where they are loaded so. */
export function hearRoutes(loadings: readonly Loading[]): void {
  it.concurrent.each(loadings)(
    'where they are loaded by %s %s the hooks are installed',
    async (how, when) => {
      const nest =
        how === 'import'
          ? { nest: countsOf(NEST_QUESTIONS), 'nest-express': countsOf(NEST_EXPRESS_QUESTIONS) }
          : {};
      expect(await child('routes.ts', [how, when])).toEqual({ ...expected, ...nest });
    },
  );
}
