import type * as common from '@nestjs/common';
import type * as core from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Application, Load, Question } from './asking.ts';

class Cats {
  answer(): string {
    return 'ok';
  }

  one(): string {
    return 'ok';
  }

  created(): string {
    return 'ok';
  }

  health(): string {
    return 'ok';
  }

  versioned(): string {
    return 'ok';
  }

  file(): string {
    return 'ok';
  }

  guarded(): string {
    return 'ok';
  }

  refused(): string {
    return 'ok';
  }

  boom(): never {
    throw new Error('boom');
  }

  filtered(): never {
    throw new Error('filtered');
  }
}

/** Nest on Express. What decorators would do is written out, since nothing here compiles them. */
export async function serveNestExpress(load: Load): Promise<Application> {
  await load('reflect-metadata');
  const { NestFactory } = (await load('@nestjs/core')) as typeof core;
  await load('@nestjs/platform-express');
  const nest = (await load('@nestjs/common')) as typeof common;
  const app = await NestFactory.create<NestExpressApplication>(catsModule(nest), { logger: false });
  app.setGlobalPrefix('api', { exclude: ['shelters/:shelter/cats/health'] });
  app.enableVersioning({ type: nest.VersioningType.URI, defaultVersion: nest.VERSION_NEUTRAL });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as { port: number };
  return { port, close: () => app.close() };
}

function catsModule(nest: typeof common): new () => object {
  const { Controller, ForbiddenException, Get, Module, Post, UseFilters, UseGuards, Version } = nest;
  const decorate = (name: keyof Cats, ...decorators: MethodDecorator[]): void => {
    const descriptor = Object.getOwnPropertyDescriptor(Cats.prototype, name)!;
    for (const decorator of decorators) decorator(Cats.prototype, name, descriptor);
  };
  const guard = (canActivate: () => boolean) => UseGuards({ canActivate });
  const filter = {
    catch: (_error: unknown, host: common.ArgumentsHost) => host.switchToHttp().getResponse().sendStatus(418),
  };
  const refuse = (): never => {
    throw new ForbiddenException();
  };
  decorate('answer', Get());
  decorate('one', Get([':id', 'by-name/:name']));
  decorate('created', Post());
  decorate('versioned', Get('versioned/:id'), Version(['1', '2']));
  decorate('file', Get('files/*path'));
  decorate(
    'guarded',
    Get('guarded/:id'),
    guard(() => false),
  );
  decorate('refused', Get('refused/:id'), guard(refuse));
  decorate('boom', Get('boom/:id'));
  decorate('filtered', Get('filtered/:id'), UseFilters(filter));
  decorate('health', Get('health'));
  Controller('shelters/:shelter/cats')(Cats);
  class CatsModule {
    configure(consumer: common.MiddlewareConsumer): void {
      consumer.apply((_request: unknown, _response: unknown, next: () => void) => next()).forRoutes(Cats);
    }
  }
  Module({ controllers: [Cats] })(CatsModule);
  return CatsModule;
}

const cats = '/api/shelters/:shelter/cats';

export const NEST_EXPRESS_QUESTIONS: readonly Question[] = [
  { ask: 'GET /api/shelters/7/cats', counts: `GET ${cats} 200` },
  { ask: 'GET /api/shelters/7/cats/17', counts: `GET ${cats}/:id 200` },
  { ask: 'HEAD /API/Shelters/7/cats/17/', counts: `HEAD ${cats}/:id 200` },
  { ask: 'GET /api/shelters/7/cats/by-name/tom', counts: `GET ${cats}/by-name/:name 200` },
  { ask: 'POST /api/shelters/7/cats {}', counts: `POST ${cats} 201` },
  {
    ask: 'GET /api/v1/shelters/7/cats/versioned/17',
    counts: `GET /api/v1/shelters/:shelter/cats/versioned/:id 200`,
  },
  {
    ask: 'GET /api/v2/shelters/7/cats/versioned/17',
    counts: `GET /api/v2/shelters/:shelter/cats/versioned/:id 200`,
  },
  { ask: 'GET /api/shelters/7/cats/files/a/b', counts: `GET ${cats}/files/*path 200` },
  { ask: 'GET /api/shelters/7/cats/guarded/17', counts: `GET ${cats}/guarded/:id 403` },
  { ask: 'GET /api/shelters/7/cats/refused/17', counts: `GET ${cats}/refused/:id 403` },
  { ask: 'GET /api/shelters/7/cats/boom/17', counts: `GET ${cats}/boom/:id 500` },
  { ask: 'GET /api/shelters/7/cats/filtered/17', counts: `GET ${cats}/filtered/:id 418` },
  { ask: 'GET /shelters/7/cats/health', counts: `GET /shelters/:shelter/cats/health 200` },
  // Nest has a route for what no other is for.
  { ask: 'GET /api/v3/shelters/7/cats/17', counts: 'GET /api/*path 404' },
  { ask: 'DELETE /api/shelters/7/cats/17', counts: 'DELETE /api/*path 404' },
  { ask: 'GET /nowhere/17', counts: 'GET /{name}/{id} 404' },
];
