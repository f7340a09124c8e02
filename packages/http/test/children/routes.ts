/**
 * Serves applications of several frameworks, loaded in a given way before or after the hooks are installed, asks each
 * some questions, and prints what the requests were counted under: `routes.ts <import|require> <before|after>`.
 */
import { createRequire } from 'node:module';
import type hapi from '@hapi/hapi';
import type { fastify } from 'fastify';
import { type Application, askAll, listeningHooks, type Question } from '../applications/asking.ts';
import { EXPRESS_4, EXPRESS_QUESTIONS, serveExpress, serveRouters } from '../applications/express.ts';
import {
  FASTIFY_HANDLED,
  FASTIFY_REFUSED,
  FASTIFY_UNMATCHED,
  serveFastify,
} from '../applications/fastify.ts';
import { HAPI_QUESTIONS, serveHapi } from '../applications/hapi.ts';
import {
  HONO_QUESTIONS,
  HONO_ROUTER_QUESTIONS,
  HONO_ROUTERS_ALONE,
  serveHono,
  serveHonoRouter,
} from '../applications/hono.ts';
import { NEST_QUESTIONS, serveNest } from '../applications/nest.ts';
import { NEST_EXPRESS_QUESTIONS, serveNestExpress } from '../applications/nest-express.ts';

const [, , how, when] = process.argv;
const require = createRequire(import.meta.url);
const load = async (name: string): Promise<unknown> => (how === 'import' ? import(name) : require(name));

type Served = readonly [string, readonly Question[], Application];

async function serveAll(): Promise<Served[]> {
  const { fastify: makeFastify } = (await load('fastify')) as { fastify: typeof fastify };
  const served: Served[] = [
    [
      'fastify',
      [...FASTIFY_HANDLED, ...FASTIFY_REFUSED, ...FASTIFY_UNMATCHED],
      await serveFastify(makeFastify),
    ],
    ['hapi', HAPI_QUESTIONS, await serveHapi((await load('@hapi/hapi')) as typeof hapi)],
    ['hono', HONO_QUESTIONS, await serveHono(load)],
    ['express', EXPRESS_QUESTIONS, await serveExpress(load, 'express')],
    ['express-4', EXPRESS_QUESTIONS, await serveExpress(load, EXPRESS_4)],
    ['router', EXPRESS_QUESTIONS, await serveRouters(load)],
  ];
  for (const [name, file] of HONO_ROUTERS_ALONE)
    served.push([name, HONO_ROUTER_QUESTIONS, await serveHonoRouter(load, name, file)]);
  // Nest is published as ES modules alone.
  if (how === 'import') {
    served.push(['nest', NEST_QUESTIONS, await serveNest(load)]);
    served.push(['nest-express', NEST_EXPRESS_QUESTIONS, await serveNestExpress(load)]);
  }
  return served;
}

const { hooks, counted } = listeningHooks();
if (when === 'after') hooks.install();
const served = await serveAll();
if (when === 'before') hooks.install();

const answers: Record<string, Record<string, string>> = {};
for (const [name, questions, application] of served) {
  answers[name] = await askAll(application, questions, counted);
  await application.close();
}
process.stdout.write(JSON.stringify(answers));
