import 'reflect-metadata';
import type { ServerResponse } from 'node:http';
import {
  All,
  type CanActivate,
  Controller,
  Delete,
  type ExecutionContext,
  Get,
  HttpCode,
  type MiddlewareConsumer,
  Module,
  Options,
  Param,
  Post,
  Put,
  Res,
  UnauthorizedException,
  UseGuards,
} from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { mayEnter, writeHalf } from './request.ts';

/** What the two platforms write differently. */
export interface Paths {
  readonly wildcard: string;
  readonly optional: string;
  readonly catchAll: string;
}

type Params = Readonly<Record<string, string>>;

class Guard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (mayEnter(context.switchToHttp().getRequest())) return true;
    throw new UnauthorizedException();
  }
}

const show = (params: Params): Params => params;
const nothing = (): void => {};

/**
 * The application of both platforms. Decorators are called as the functions they are, as Node has no syntax for them.
 */
export function nestApp({ wildcard, optional, catchAll }: Paths): new () => object {
  const Users = controller('users', {
    list: [show, Get()],
    options: [nothing, Options(), HttpCode(204)],
    create: [show, Post()],
    one: [show, Get(':id')],
    replace: [show, Put(':id')],
    remove: [nothing, Delete(':id'), HttpCode(204)],
  });
  const Others = controller('', {
    file: [show, Get(wildcard)],
    release: [show, Get('releases/:year-:month')],
    posts: [show, Get(optional)],
    secret: [show, Get('private/:id'), UseGuards(Guard)],
    closed: [show, Get('closed/:id')],
    noPage: [nothing, All(catchAll), HttpCode(404)],
    throws: [throwAtOnce, Get('throws/:id')],
    rejects: [throwLater, Get('rejects/:id')],
    halves: [answerHalf, Get('halves/:id')],
  });
  const Teams = controller('', { one: [show, Get(':team')], member: [show, Get(':team/members/:member')] });
  const Shop = controller('', { root: [show, Get()], order: [show, Get('orders/:id')] });

  const TeamsModule = moduleOf([Teams]);
  const ShopModule = moduleOf([Shop]);
  const prefixes = RouterModule.register([
    { path: 'api/v1', children: [{ path: 'teams', module: TeamsModule }] },
    { path: 'shop', module: ShopModule },
  ]);
  class App {
    configure(consumer: MiddlewareConsumer): void {
      consumer.apply(refuse).forRoutes('closed/*path');
    }
  }
  Module({ controllers: [Users, Others], imports: [TeamsModule, ShopModule, prefixes] })(App);
  return App;
}

type Handler = (params: Params, reply: Reply) => unknown;

/** A class whose methods get the path's parameters; those that take it, the reply as well, which is theirs then. */
function controller(
  path: string,
  methods: Readonly<Record<string, readonly [Handler, ...MethodDecorator[]]>>,
): new () => object {
  const made = class {};
  for (const [name, [handler, ...decorators]] of Object.entries(methods)) {
    // A function of its own for each: decorators leave what they say on it.
    const value = (params: Params, reply: Reply): unknown => handler(params, reply);
    const descriptor = { value, configurable: true, writable: true };
    Object.defineProperty(made.prototype, name, descriptor);
    for (const decorate of decorators) decorate(made.prototype, name, descriptor);
    Param()(made.prototype, name, 0);
    if (handler.length > 1) Res()(made.prototype, name, 1);
  }
  Controller(path)(made);
  return made;
}

function moduleOf(controllers: (new () => object)[]): new () => object {
  const made = class {};
  Module({ controllers })(made);
  return made;
}

/** Express's, or Fastify's around Node's. */
type Reply = ServerResponse | { readonly raw: ServerResponse };

/** Stands before Nest's own routes; Fastify hands it Node's request and response, Express its own. */
function refuse(_request: unknown, response: ServerResponse): void {
  response.writeHead(401).end();
}

function answerHalf(_params: Params, reply: Reply): void {
  writeHalf('raw' in reply ? reply.raw : reply);
}

function throwAtOnce(): never {
  throw new Error('thrown at once');
}

async function throwLater(): Promise<never> {
  await null;
  throw new Error('thrown later');
}
