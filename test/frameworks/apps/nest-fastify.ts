import type { Server } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { nestApp } from './nest-app.ts';

const App = nestApp({ wildcard: 'files/*', optional: 'posts/:slug?', catchAll: 'docs/*' });

export async function listen(): Promise<Server> {
  const app = await NestFactory.create<NestFastifyApplication>(App, new FastifyAdapter(), { logger: false });
  await app.listen(0, '127.0.0.1');
  return app.getHttpServer();
}
