/**
 * Bundles Koa and both versions of Express with esbuild, makes an application of each before the hooks are
 * installed, serves them after that, and prints the endpoints that their requests were counted under.
 */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { Exclusions } from '../../src/excluded.ts';
import { ServerHooks } from '../../src/server-hooks.ts';

const [, , outfile = ''] = process.argv;
const express4 = join(import.meta.dirname, '../../../../examples/express-4-api/node_modules/express');

const CONTENTS = `
  const answer = (request, response) => response.end();

  function expressListener(express) {
    const posts = express.Router().get('/:post', answer);
    const users = express.Router().use('/:user/posts', posts);
    const application = express().use('/Users', users).get('/', answer);
    return express().use('/api', application);
  }

  const Koa = require('koa');
  const Router = require('@koa/router');
  const koa = new Koa().use(
    new Router().prefix('/api/Users').get('/:user/posts/:post', (ctx) => { ctx.body = 'ok'; }).routes(),
  );
  const express = [require('express'), require(${JSON.stringify(express4)})].map(expressListener);
  module.exports = () => [koa.callback(), ...express];
`;

buildSync({
  stdin: { contents: CONTENTS, resolveDir: import.meta.dirname },
  platform: 'node',
  bundle: true,
  minify: true,
  logLevel: 'silent',
  outfile,
});

const endpoints: string[] = [];
const hooks = new ServerHooks({
  exclusions: new Exclusions([]),
  userOf: () => undefined,
  notMeasured: (kind) => endpoints.push(kind),
  onEnd: ({ method, route, status }) => endpoints.push(`${method} ${route} ${status}`),
  now: Date.now,
  attach: () => undefined,
});
const require = createRequire(import.meta.url);
const listeners: () => RequestListener[] = require(outfile);
hooks.install();
for (const listener of listeners()) {
  const server = createServer(listener);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const path of ['/api/users/17/posts/18', '/elsewhere/17']) await (await fetch(url + path)).text();
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}
const loaded = Object.keys(require.cache).filter((file) => /\/(koa|express|router)\//.test(file));
process.stdout.write(JSON.stringify({ endpoints, loaded }));
