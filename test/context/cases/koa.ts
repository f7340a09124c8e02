import { createReadStream } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import Router from '@koa/router';
import Koa from 'koa';
import { koaBody } from 'koa-body';
import type { ContextCase, Sending } from '../case.ts';
import { see } from '../observation.ts';
import { FORM, multipart } from './form.ts';

const app = new Koa();
app.on('error', (_error, ctx) => see(ctx.req, 'error event'));
app.use(async (ctx, next) => {
  see(ctx.req, 'before next');
  await next();
  see(ctx.req, 'after next');
});

const router = new Router();
router.get('/pause/:id', async (ctx) => {
  await pause(1);
  see(ctx.req, 'route');
  ctx.res.on('finish', () => see(ctx.req, 'finish'));
  ctx.body = 'text';
});
router.get('/file', (ctx) => {
  ctx.res.on('close', () => see(ctx.req, 'close'));
  ctx.body = createReadStream(import.meta.filename).on('end', () => see(ctx.req, 'file end'));
});
router.get('/caught', async (ctx, next) => {
  try {
    await next();
  } catch {
    see(ctx.req, 'caught');
    ctx.status = 418;
  }
});
router.get('/caught', async () => {
  await pause(1);
  throw new Error('to be caught');
});

const body = koaBody({
  multipart: true,
  onError: (_error, ctx) => see(ctx.req, 'parse error'),
});
router.post('/body', body, async (ctx) => {
  see(ctx.req, 'parsed');
  await pause(1);
  see(ctx.req, Object.keys(ctx.request.files ?? {}).length > 0 ? 'with files' : 'without files');
  ctx.body = 'text';
});

// An error that nobody catches goes to the application's own error event.
router.get('/thrown', async () => {
  await pause(1);
  throw new Error('for the error event');
});
app.use(router.routes());

const callback = app.callback();

function koaCase(name: string, sends: Sending, callbacks: readonly string[]): ContextCase {
  return {
    name: `koa: ${name}`,
    callbacks: ['before next', ...callbacks],
    sends,
    handle: ({ req, res }) => callback(req, res),
  };
}

function posted(type: string, ...parts: string[]): Sending {
  return { method: 'POST', targets: ['/body'], headers: [`Content-Type: ${type}`], body: parts };
}

export const koaApp: readonly ContextCase[] = [
  koaCase('a route that awaits, and middleware after next', { targets: ['/pause/7'] }, [
    'route',
    'after next',
    'finish',
  ]),
  koaCase('a stream as the body', { targets: ['/file'] }, ['after next', 'file end', 'close']),
  koaCase('an error that middleware catches', { targets: ['/caught'] }, ['caught', 'after next']),
  koaCase('an error for the error event', { targets: ['/thrown'] }, ['error event']),
  koaCase('koa-body, JSON', posted('application/json', '{"a":', '[1,2', ',3]}'), [
    'parsed',
    'without files',
    'after next',
  ]),
  koaCase('koa-body, a form', posted('application/x-www-form-urlencoded', 'a=1&', 'b=2'), [
    'parsed',
    'without files',
    'after next',
  ]),
  koaCase('koa-body, no JSON', posted('application/json', '{"a":', 'no JSON'), [
    'parse error',
    'parsed',
    'without files',
    'after next',
  ]),
  koaCase('koa-body, files and fields', multipart('/body', FORM), ['parsed', 'with files', 'after next']),
];
