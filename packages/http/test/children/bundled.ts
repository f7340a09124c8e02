/**
 * Bundles Koa and both versions of Express with esbuild, makes an application of each before the hooks are
 * installed, serves them after that, and prints the endpoints that their requests were counted under.
 */
import type { RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import { buildSync } from 'esbuild';
import { askAll, listeningHooks } from '../applications/asking.ts';
import { EXPRESS_4, EXPRESS_QUESTIONS, listen } from '../applications/express.ts';

const [, , outfile = ''] = process.argv;
const CONTENTS = `
  const ok = (request, response) => response.end();

  function expressListener(express) {
    const posts = express.Router().get('/', ok).get('/:post', ok);
    const users = express.Router().get('/:id', ok).use('/:id/posts', posts);
    return express().get('/', ok).use('/v1', express().use('/Users', users));
  }

  const Koa = require('koa');
  const Router = require('@koa/router');
  const answer = (ctx) => { ctx.body = 'ok'; };
  const users = new Router()
    .get('/:id', answer)
    .get('/:id/posts', answer)
    .get('/:id/posts/:post', answer);
  const router = new Router().get('/', answer).use('/v1/Users', users.routes());
  const koa = new Koa().use(router.routes());
  const express = expressListener(require('express'));
  const express4 = expressListener(require(${JSON.stringify(EXPRESS_4)}));
  module.exports = () => ({ koa: koa.callback(), express, express4 });
`;

buildSync({
  stdin: { contents: CONTENTS, resolveDir: import.meta.dirname },
  platform: 'node',
  bundle: true,
  minify: true,
  logLevel: 'silent',
  outfile,
});

const { hooks, counted } = listeningHooks();
const require = createRequire(import.meta.url);
const listeners: () => Record<string, RequestListener> = require(outfile);
hooks.install();
const answers: Record<string, unknown> = {};
for (const [name, listener] of Object.entries(listeners())) {
  const application = await listen(listener);
  answers[name] = await askAll(application, EXPRESS_QUESTIONS, counted);
  await application.close();
}
const loaded = Object.keys(require.cache).filter((file) => /\/(koa|express|router)\//.test(file));
process.stdout.write(JSON.stringify({ answers, loaded }));
