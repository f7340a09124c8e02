import type { Server } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { nestApp } from './nest-app.ts';

const App = nestApp({ wildcard: 'files/*path', optional: 'posts{/:slug}', catchAll: 'docs/*path' });

export async function listen(): Promise<Server> {
  const app = await NestFactory.create(App, new ExpressAdapter(), { logger: false });
  await app.listen(0, '127.0.0.1');
  return app.getHttpServer();
}
