import 'reflect-metadata';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import Hapi from '@hapi/hapi';
import { Controller, Get, type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import express from 'express';
import fastify, { type FastifyInstance } from 'fastify';
import Koa from 'koa';
import { koaBody } from 'koa-body';
import mount from 'koa-mount';
import type { Monitoring } from 'tacho';
import { ROOT } from '../processes.ts';
import type { MountName } from './prefixes.ts';

type Listen = (monitoring: Monitoring) => Promise<Server>;

const express4 = createRequire(resolve(ROOT, 'examples/express-4-api/package.json'))(
  'express',
) as typeof express;

/** One of each kind, with a route of its own at `/users/…`, which answers `user`. */
export const APPLICATIONS: Readonly<Record<MountName, Listen>> = {
  'Koa, behind a body parser': (monitoring) => serveKoa(koaBody(), monitoring.adminMiddleware()),
  'Koa, under koa-mount': (monitoring) =>
    serveKoa(mount('/ops', monitoring.adminMiddleware({ prefix: '/performance' }))),

  'Express 5, behind a body parser': (monitoring) =>
    serveExpress(express, (app) => app.use(express.json(), monitoring.adminHandler())),
  'Express 5, below a path': (monitoring) =>
    serveExpress(express, (app) => app.use('/ops', monitoring.adminHandler({ prefix: '/' }))),
  'Express 4': (monitoring) =>
    serveExpress(express4, (app) => app.use(monitoring.adminHandler({ prefix: '/ops/performance' }))),

  Fastify: (monitoring) =>
    serveFastify((app) => {
      const handler = monitoring.adminHandler();
      app.all('/api/performance/*', (request, reply) => {
        reply.hijack();
        handler(Object.assign(request.raw, { body: request.body }), reply.raw);
      });
    }),
  'Fastify, by a hook': (monitoring) =>
    serveFastify((app) => {
      const handler = monitoring.adminHandler();
      app.addHook('onRequest', (request, reply, done) => handler(request.raw, reply.raw, () => done()));
    }),

  'Nest on Express': async (monitoring) =>
    serveNest(await NestFactory.create(Service, new ExpressAdapter(), { logger: false }), monitoring),
  'Nest on Fastify': async (monitoring) =>
    serveNest(await NestFactory.create(Service, new FastifyAdapter(), { logger: false }), monitoring),

  async hapi(monitoring) {
    const handler = monitoring.adminHandler();
    const app = Hapi.server({ port: 0, host: '127.0.0.1' });
    app.route({ method: 'GET', path: '/users/{id}', handler: () => 'user' });
    app.ext('onRequest', ({ raw }, h) => {
      return new Promise((settle) => {
        raw.res.once('close', () => settle(h.abandon));
        handler(raw.req, raw.res, () => settle(h.continue));
      });
    });
    await app.start();
    return app.listener;
  },

  'node:http': (monitoring) => {
    const handler = monitoring.adminHandler();
    return serve((request, response) => {
      if (request.url?.startsWith('/users/')) response.end('user');
      else handler(request, response);
    });
  },
};

async function serve(listener: RequestListener): Promise<Server> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function serveKoa(...middleware: Koa.Middleware[]): Promise<Server> {
  const app = new Koa();
  for (const one of middleware) app.use(one);
  app.use((ctx) => {
    if (ctx.path.startsWith('/users/')) ctx.body = 'user';
  });
  return serve(app.callback());
}

function serveExpress(
  framework: typeof express,
  mounted: (app: express.Express) => unknown,
): Promise<Server> {
  const app = framework();
  mounted(app);
  app.get('/users/:id', (_request, response) => void response.send('user'));
  return serve(app);
}

async function serveFastify(mounted: (app: FastifyInstance) => unknown): Promise<Server> {
  const app = fastify();
  mounted(app);
  app.get('/users/:id', async () => 'user');
  await app.listen({ port: 0, host: '127.0.0.1' });
  return app.server;
}

class Users {
  one(): string {
    return 'user';
  }
}
Get(':id')(Users.prototype, 'one', Object.getOwnPropertyDescriptor(Users.prototype, 'one') ?? {});
Controller('users')(Users);

class Service {}
Module({ controllers: [Users] })(Service);

async function serveNest(app: INestApplication, monitoring: Monitoring): Promise<Server> {
  app.use(monitoring.adminHandler());
  await app.listen(0, '127.0.0.1');
  return app.getHttpServer();
}
