/** Where the admin API is in each application of `applications.ts`. */
export const PREFIXES = {
  'Koa, behind a body parser': '/api/performance',
  'Koa, under koa-mount': '/ops/performance',
  'Express 5, behind a body parser': '/api/performance',
  'Express 5, below a path': '/ops',
  'Express 4': '/ops/performance',
  Fastify: '/api/performance',
  'Fastify, by a hook': '/api/performance',
  'Nest on Express': '/api/performance',
  'Nest on Fastify': '/api/performance',
  hapi: '/api/performance',
  'node:http': '/api/performance',
} as const;

export type MountName = keyof typeof PREFIXES;
