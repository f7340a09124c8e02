import { fastify } from 'fastify';
import type { Application } from './asking.ts';
import { serveFastify } from './fastify.ts';

/** To be bundled, with Fastify in it. */
export const serve = (): Promise<Application> => serveFastify(fastify);
