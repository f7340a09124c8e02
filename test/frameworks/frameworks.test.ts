import { afterEach, expect, it } from '@jest/globals';
import { endAll } from '../processes.ts';
import { runCell } from './cell.ts';
import type { Way } from './compile.ts';
import { FRAMEWORKS } from './frameworks.ts';
import { THIS_NODE } from './nodes.ts';

/** One way for each framework, so that together they are all; `npm run test:matrix` runs the others. */
const WAYS: Readonly<Record<string, Way>> = {
  koa: 'bundle before',
  express: 'bundle before',
  'express-4': 'cjs before',
  fastify: 'bundle after',
  'nest-express': 'esm before',
  'nest-fastify': 'cjs after',
  hapi: 'esm after',
  hono: 'esm before',
  http: 'bundle before',
};

afterEach(endAll);

it.each(FRAMEWORKS)('every request is counted under its route: $label', async (framework) => {
  const way = WAYS[framework.name];
  if (way === undefined) throw new Error(`no way is said for ${framework.name}`);
  const { requests, differences } = await runCell({ node: THIS_NODE, framework, way }, 5);
  expect(differences).toEqual([]);
  expect(requests).toBeGreaterThan(80);
});
