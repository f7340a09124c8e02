import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import type { Question } from './applications/asking.ts';
import { EXPRESS_QUESTIONS } from './applications/express.ts';
import { FASTIFY_HANDLED, FASTIFY_REFUSED, FASTIFY_UNMATCHED } from './applications/fastify.ts';
import { HAPI_QUESTIONS } from './applications/hapi.ts';
import { HONO_QUESTIONS, HONO_ROUTER_QUESTIONS, HONO_ROUTERS_ALONE } from './applications/hono.ts';
import { NEST_QUESTIONS } from './applications/nest.ts';
import { NEST_EXPRESS_QUESTIONS } from './applications/nest-express.ts';
import { child } from './child.ts';

const expected = {
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

describe('the routes of Express, Fastify, hapi, Hono and Nest are heard', () => {
  it.concurrent.each([
    ['import', 'before'],
    ['import', 'after'],
    ['require', 'before'],
    ['require', 'after'],
  ])('where they are loaded by %s %s the hooks are installed', async (how, when) => {
    const nest =
      how === 'import'
        ? { nest: countsOf(NEST_QUESTIONS), 'nest-express': countsOf(NEST_EXPRESS_QUESTIONS) }
        : {};
    expect(await child('routes.ts', [how, when])).toEqual({ ...expected, ...nest });
  });
});

describe('the routes of a bundled Fastify are heard', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'bundled-fastify-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('where its instances are made after the hooks are installed, and of those before what comes to a handler', async () => {
    const files = ['before.cjs', 'after.cjs'].map((name) => join(folder, name));
    for (const outfile of files) await bundle(outfile);
    const counted = await child<Record<string, Record<string, string>>>('bundled-routes.ts', files);
    expect(counted.after).toEqual(expected.fastify);
    expect(counted.before).toEqual({
      ...expected.fastify,
      'POST /users {}': 'POST /{name} 400',
      'POST /users {': 'POST /{name} 400',
      'GET /guarded/17': 'GET /{name}/{id} 403',
      'GET /private/secrets/17': 'GET /{name}/{name}/{id} 401',
    });
  });
});

function bundle(outfile: string): Promise<unknown> {
  return build({
    entryPoints: [join(import.meta.dirname, 'applications', 'bundled-fastify.ts')],
    bundle: true,
    platform: 'node',
    outfile,
    logLevel: 'error',
  });
}
