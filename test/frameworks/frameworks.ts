import {
  EXPRESS_4,
  EXPRESS_5,
  FASTIFY,
  FASTIFY_BY_HANDLERS,
  HAPI,
  HONO,
  HTTP,
  KOA,
  NEST_ON_EXPRESS,
  NEST_ON_FASTIFY,
  type Routes,
} from './endpoints.ts';

export interface Framework {
  /** Its application is `apps/<name>.ts`. */
  readonly name: string;
  readonly label: string;
  /** What its users call the routes of that application. */
  readonly routes: Routes;
  /** The folder whose `node_modules` has the framework, where that is not the root. */
  readonly home?: string;
  /** Whether it is tried in bundles too. */
  readonly bundled?: boolean;
  /** What is known of the routes, otherwise, where it is bundled and its application made before tacho is set up. */
  readonly bundledBefore?: Partial<Routes>;
}

export const FRAMEWORKS: readonly Framework[] = [
  { name: 'koa', label: 'Koa', routes: KOA, bundled: true },
  { name: 'express', label: 'Express 5', routes: EXPRESS_5, bundled: true },
  { name: 'express-4', label: 'Express 4', routes: EXPRESS_4, home: 'examples/express-4-api' },
  {
    name: 'fastify',
    label: 'Fastify',
    routes: FASTIFY,
    bundled: true,
    bundledBefore: FASTIFY_BY_HANDLERS,
  },
  { name: 'nest-express', label: 'Nest on Express', routes: NEST_ON_EXPRESS },
  { name: 'nest-fastify', label: 'Nest on Fastify', routes: NEST_ON_FASTIFY },
  { name: 'hapi', label: 'hapi', routes: HAPI },
  { name: 'hono', label: 'Hono', routes: HONO },
  { name: 'http', label: 'node:http', routes: HTTP, bundled: true },
];
