import { describe } from '@jest/globals';
import { hearRoutes } from './hear-routes.ts';

describe('the routes of Express, Fastify, hapi, Hono and Nest are heard', () => {
  hearRoutes([
    ['import', 'before'],
    ['import', 'after'],
    ['require', 'before'],
    ['require', 'after'],
  ]);
});
