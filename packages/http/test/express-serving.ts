import { type Server, request as send } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type express from 'express';
import { type Serving, serve } from './serving.ts';
import { Watch } from './watching.ts';

export type Express = typeof express;

const packages = join(import.meta.dirname, '../../..');

/** Express as the package of this workspace has it. */
function expressOf(workspace: string): Express {
  return createRequire(join(packages, workspace, 'package.json'))('express') as Express;
}

export const express5 = expressOf('.');
export const express4 = expressOf('examples/express-4-api');

interface Layered {
  readonly stack: { rawPath?: unknown; readonly handle: Partial<Layered> }[];
}

/** Takes from the routers what those before `router` 2.3 did not keep: the paths they were given. */
export function forgetPaths({ stack }: Layered): void {
  for (const layer of stack) {
    const wasKept = Reflect.has(layer, 'rawPath');
    delete layer.rawPath;
    if (wasKept && layer.handle.stack !== undefined) forgetPaths(layer.handle as Layered);
  }
}

/** An application that is served and watched. */
export interface ExpressServing {
  readonly watch: Watch;
  readonly server: Server;
  readonly port: number;
  /**
   * @param request method and target
   * @returns the endpoint and the status that the request was counted under
   */
  ask(request: string): Promise<string>;
  /** The same, with the body of the answer. */
  askAll(request: string): Promise<{ readonly endpoint: string; readonly body: string }>;
  close(): Promise<void>;
}

export async function serveExpress(listener: Parameters<typeof serve>[0]): Promise<ExpressServing> {
  const watch = Watch.install();
  const serving: Serving = await serve(listener);
  const askAll = async (request: string) => {
    const [method = '', path = ''] = request.split(' ');
    const before = watch.ended.length;
    const body = await answerTo({ port: serving.port, method, path });
    await watch.until(() => watch.ended.length > before);
    const exchange = watch.ended.at(-1)!;
    return { endpoint: `${exchange.method} ${exchange.route} ${exchange.status}`, body };
  };
  return {
    watch,
    server: serving.server,
    port: serving.port,
    askAll,
    ask: async (request) => (await askAll(request)).endpoint,
    async close() {
      await serving.close();
      watch.hooks.uninstall();
    },
  };
}

/** Sends the path as it is, which `fetch` does not. */
function answerTo(options: { port: number; method: string; path: string }): Promise<string> {
  return new Promise((settle, fail) => {
    const request = send({ ...options, host: '127.0.0.1' }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => settle(body));
    });
    request.on('error', fail).end();
  });
}
