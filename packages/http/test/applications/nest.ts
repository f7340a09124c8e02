import type * as common from '@nestjs/common';
import type * as core from '@nestjs/core';
import type * as platform from '@nestjs/platform-fastify';
import type { Application, Load, Question } from './asking.ts';

class Cats {
  list(): string {
    return 'ok';
  }

  one(): string {
    return 'ok';
  }

  guarded(): string {
    return 'ok';
  }

  boom(): never {
    throw new Error('boom');
  }
}

/** Nest on Fastify. What decorators would do is written out, since nothing here compiles them. */
export async function serveNest(load: Load): Promise<Application> {
  await load('reflect-metadata');
  const { NestFactory } = (await load('@nestjs/core')) as typeof core;
  const { FastifyAdapter } = (await load('@nestjs/platform-fastify')) as typeof platform;
  const CatsModule = catsModule((await load('@nestjs/common')) as typeof common);
  const app = await NestFactory.create<platform.NestFastifyApplication>(CatsModule, new FastifyAdapter(), {
    logger: false,
  });
  app.setGlobalPrefix('api');
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as { port: number };
  return { port, close: () => app.close() };
}

function catsModule({ Controller, Get, Module, UseGuards }: typeof common): new () => object {
  const decorate = (name: keyof Cats, decorator: MethodDecorator): unknown =>
    decorator(Cats.prototype, name, Object.getOwnPropertyDescriptor(Cats.prototype, name)!);
  decorate('list', Get());
  decorate('one', Get(':id'));
  decorate('guarded', Get('guarded/:id'));
  decorate('guarded', UseGuards({ canActivate: () => false }));
  decorate('boom', Get('boom/:id'));
  Controller('cats')(Cats);
  class CatsModule {}
  Module({ controllers: [Cats] })(CatsModule);
  return CatsModule;
}

export const NEST_QUESTIONS: readonly Question[] = [
  { ask: 'GET /api/cats', counts: 'GET /api/cats 200' },
  { ask: 'GET /api/cats/17', counts: 'GET /api/cats/:id 200' },
  { ask: 'HEAD /api/cats/17', counts: 'HEAD /api/cats/:id 200' },
  { ask: 'GET /api/cats/guarded/17', counts: 'GET /api/cats/guarded/:id 403' },
  { ask: 'GET /api/cats/boom/17', counts: 'GET /api/cats/boom/:id 500' },
  { ask: 'GET /api/dogs/17', counts: 'GET /{name}/{name}/{id} 404' },
];
